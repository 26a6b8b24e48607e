package dev.synod.testkit.lab.livelock;

import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;

/** Two proposers on n1 and n2 want different things of the acceptors on n3, n4 and n5. */
final class Duel {

  /** The second proposer comes when the first waits for promises. */
  private static final Duration LATER = Duration.ofMillis(5).plusNanos(500_000);

  private static final Duration LENGTH = Duration.ofSeconds(20);

  private final World world;
  private final Set<String> decided = new TreeSet<>();
  private int rounds;
  private int roundsUntilDecided;

  /**
   * How it ended.
   *
   * @param decided what; empty if nothing was
   * @param rounds that were begun until then
   */
  record Result(Set<String> decided, int rounds) {}

  private Duel(long seed, LinkQuality quality) {
    world = LabWorld.of(seed, 5, machine -> {});
    world.network().quality(quality);
  }

  static Result of(long seed, BackOff backOff, LinkQuality quality) {
    return new Duel(seed, quality).run(backOff);
  }

  private Result run(BackOff backOff) {
    var acceptors = new ArrayList<ActorRef<Acceptor.Message>>();
    for (String name : List.of("n3", "n4", "n5")) {
      var machine = world.machine(name);
      acceptors.add(machine.spawn(Acceptor.on(machine), "acceptor"));
    }
    var first = proposer(1, "red", acceptors, backOff);
    var second = proposer(2, "blue", acceptors, backOff);
    first.tell(Proposer.Start.START);
    world.engine().runFor(LATER);
    second.tell(Proposer.Start.START);
    world.engine().runFor(LENGTH);
    return new Result(decided, decided.isEmpty() ? rounds : roundsUntilDecided);
  }

  private ActorRef<Proposer.Message> proposer(
      int number, String value, List<ActorRef<Acceptor.Message>> acceptors, BackOff backOff) {
    var machine = world.machine("n" + number);
    var setup =
        new Proposer.Setup(
            machine, number, value, acceptors, backOff, () -> rounds++, this::decided);
    return machine.spawn(Proposer.of(setup), "proposer");
  }

  private void decided(String value) {
    if (decided.isEmpty()) {
      roundsUntilDecided = rounds;
    }
    decided.add(value);
  }
}
