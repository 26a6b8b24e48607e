package dev.synod.testkit.cluster;

import dev.synod.actors.GroupRef;
import dev.synod.actors.RejectedException;
import dev.synod.actors.UnknownOutcomeException;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.Membership;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.invariant.Change.MembersChanged;
import dev.synod.testkit.invariant.Change.MembersKept;
import dev.synod.testkit.invariant.Watch;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Administrators who don't know of each other: from any machine, at random times, they look who
 * belongs to the group, or go by what one of them saw before, and change it. A machine that was let
 * go may lose its disk and come back as another one.
 */
public final class Administrators {

  private static final Duration GAP_MEAN = Duration.ofMillis(700);
  private static final int LATE_OF_FOUR = 1;
  private static final int WIPED_OF_FOUR = 1;

  private final World world;
  private final Watch watch;
  private final Draw draw;
  private final Map<String, GroupRef<String, String>> refs;
  private final Map<String, Member> present;
  private final Set<Asked> asked = new HashSet<>();
  private final Tally tally = new Tally();
  private final Kinds kinds;
  private @Nullable Configuration seen;
  private boolean isStopped;

  private record Asked(long expected, Membership goal) {}

  /** What became of the changes. */
  public static final class Tally {
    private long asked;
    private long done;
    private long rejected;
    private long unknown;

    private Tally() {}

    public long asked() {
      return asked;
    }

    public long done() {
      return done;
    }

    public long rejected() {
      return rejected;
    }

    public long unknown() {
      return unknown;
    }
  }

  /**
   * They do nothing yet.
   *
   * @param refs of machines that are on
   * @param present which stores machines have, or had when they were last on
   * @param witnesses whether they let in witnesses, too
   */
  Administrators(
      World world,
      Watch watch,
      Map<String, GroupRef<String, String>> refs,
      Map<String, Member> present,
      boolean witnesses) {
    this.world = world;
    this.watch = watch;
    this.draw = world.engine().chance("administrators");
    this.refs = refs;
    this.present = present;
    this.kinds = new Kinds(witnesses);
  }

  void start() {
    world.engine().after(nextGap(), this::act);
  }

  void stop() {
    isStopped = true;
  }

  Tally tally() {
    return tally;
  }

  private Duration nextGap() {
    return Duration.ofNanos((long) (-GAP_MEAN.toNanos() * StrictMath.log(1 - draw.nextDouble())));
  }

  private void act() {
    if (isStopped) {
      return;
    }
    var nodes = refs.keySet().stream().sorted().toList();
    if (!nodes.isEmpty()) {
      look(nodes.get((int) draw.nextLong(nodes.size())));
    }
    world.engine().after(nextGap(), this::act);
  }

  private void look(String node) {
    if (seen != null && draw.nextLong(4) < LATE_OF_FOUR) {
      change(node, seen);
      return;
    }
    var ref = refs.get(node);
    if (ref == null) {
      return;
    }
    ref.admin()
        .configuration()
        .<@Nullable Void>handle(
            (configuration, failure) -> {
              if (configuration != null && !isStopped) {
                seen = configuration;
                change(node, configuration);
              }
              return null;
            });
  }

  private void change(String node, Configuration now) {
    var ref = refs.get(node);
    var wish = Wish.draw(draw, now, present.values(), kinds);
    if (ref == null || wish.isEmpty() || !asked.add(new Asked(now.version(), wish.get().goal()))) {
      return;
    }
    tally.asked++;
    var goal = wish.get().goal();
    ref.admin()
        .change(now.version(), wish.get().change())
        .<@Nullable Void>handle(
            (configuration, failure) -> {
              answered(node, now.version(), goal, configuration, failure);
              return null;
            });
  }

  private void answered(
      String node,
      long expected,
      Membership goal,
      @Nullable Configuration configuration,
      @Nullable Throwable failure) {
    var why = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (configuration != null) {
      tally.done++;
      watch.see(new MembersChanged(node, expected, goal, configuration));
      mayLoseDisk();
    } else if (why instanceof RejectedException) {
      tally.rejected++;
      watch.see(new MembersKept(node, expected, goal, String.valueOf(why.getMessage())));
    } else if (why instanceof UnknownOutcomeException) {
      tally.unknown++;
    } else {
      watch.broken("changes are done, rejected or unknown", node + " was told " + why);
    }
  }

  /** Who is in nobody else's newest configuration can be spared. */
  private void mayLoseDisk() {
    if (draw.nextLong(4) >= WIPED_OF_FOUR) {
      return;
    }
    world.machines().stream()
        .filter(machine -> machine.isUp() && !machine.isFrozen() && isSpare(machine))
        .findFirst()
        .ifPresent(
            machine ->
                world
                    .engine()
                    .after(
                        Duration.ZERO,
                        () -> {
                          if (isSpare(machine)) {
                            machine.wipe();
                            machine.boot();
                          }
                        }));
  }

  private boolean isSpare(Machine machine) {
    var member = present.get(machine.name());
    return member != null
        && watch.replicas().stream()
            .filter(replica -> !replica.node().equals(machine.name()))
            .flatMap(replica -> watch.configurations().newestOf(replica).stream())
            .noneMatch(configuration -> configuration.member(member.store()).isPresent());
  }
}
