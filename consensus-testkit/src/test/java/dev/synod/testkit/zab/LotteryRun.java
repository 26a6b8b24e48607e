package dev.synod.testkit.zab;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.fault.Profile;
import dev.synod.zab.Zab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Many draw in a storm, and each must have drawn on top of another: with whichever rules and actors
 * are loaded. In and out go only classes that all class loaders share.
 */
public final class LotteryRun implements Function<Map<String, Object>, String> {

  private static final Duration LENGTH = Duration.ofSeconds(15);
  private static final Duration GAP = Duration.ofMillis(15);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int NODES = 3;

  /** Requests are tried again while they are under way, and sessions end while they are in use. */
  private static final Config HASTY =
      ConfigFactory.parseString(
              """
              synod {
                client { attempt-timeout = 60ms, keep-alive-interval = 200ms }
                zab.session-timeout = 700ms
              }
              """)
          .withFallback(GroupSettings.smallLogs());

  private static final Outcome<String> NOT_OVER = new Outcome.Unknown<>("not over");

  private final List<Draw> draws = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private long copies;

  /** A request of an application that ran in that life of that node. */
  private record Draw(String node, int life, CompletableFuture<Outcome<String>> outcome) {

    /** Whether it has its outcome, or nobody is there any more to have it. */
    boolean isOver(Simulation simulation) {
      return outcome.isDone() || simulation.world().machine(node).lives() > life;
    }
  }

  /** What one was told: the total before and after. */
  private record Drawn(long before, long after) {

    static Drawn parse(String reply) {
      int space = reply.indexOf(' ');
      return new Drawn(
          Long.parseLong(reply.substring(0, space)), Long.parseLong(reply.substring(space + 1)));
    }
  }

  /** What was broken; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    draws.clear();
    wrong.clear();
    copies = 0;
    var simulation = new Simulation((long) wanted.get("seed"), NODES, Profile.STORM, HASTY);
    var group =
        simulation.start(
            "lottery",
            () -> new Lottery(new Random(++copies), wrong::add).asStateMachine(),
            Zab.protocol());
    try {
      drawLater(simulation, group);
      simulation.storm(LENGTH);
      simulation.heal();
      simulation.eventually(
          "all have their outcome",
          () -> draws.stream().allMatch(draw -> draw.isOver(simulation)),
          PATIENCE);
      return broken(simulation, group);
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** How many were told what they drew. */
  long drawn() {
    return told().size();
  }

  private void drawLater(Simulation simulation, SimulatedGroup<Long, String> group) {
    var engine = simulation.world().engine();
    var chance = engine.chance("draws");
    for (long at = 0; at < LENGTH.toNanos(); at += GAP.toNanos()) {
      engine.after(
          Duration.ofNanos(at),
          () -> {
            var node = "n" + (1 + chance.nextLong(NODES));
            if (group.isUp(node)) {
              int life = simulation.world().machine(node).lives();
              draws.add(new Draw(node, life, group.on(node).propose(1L).toCompletableFuture()));
            }
          });
    }
  }

  private List<Drawn> told() {
    return draws.stream()
        .map(draw -> draw.outcome().getNow(NOT_OVER))
        .filter(Outcome.Ok.class::isInstance)
        .map(outcome -> Drawn.parse(((Outcome.Ok<String>) outcome).reply()))
        .sorted(Comparator.comparingLong(Drawn::before))
        .toList();
  }

  private String broken(Simulation simulation, SimulatedGroup<Long, String> group) {
    for (Draw draw : draws) {
      if (draw.outcome().getNow(NOT_OVER) instanceof Outcome.Rejected<String> rejected
          && rejected.reason() == Reason.INVALID) {
        return "every request is drawn: " + rejected.text();
      }
    }
    if (!wrong.isEmpty()) {
      return "transactions follow each other: " + wrong.get(0);
    }
    long total = 0;
    for (Drawn one : told()) {
      if (one.before() < total || one.after() <= one.before()) {
        return "transactions follow each other: %s after %d".formatted(one, total);
      }
      total = one.after();
    }
    for (String node : simulation.world().names()) {
      var now = Long.parseLong(simulation.await(group.on(node).read(0L, Read.linearizable())));
      if (now < total) {
        return "nothing acknowledged is lost: %d on %s after %d".formatted(now, node, total);
      }
      total = now;
    }
    return "";
  }
}
