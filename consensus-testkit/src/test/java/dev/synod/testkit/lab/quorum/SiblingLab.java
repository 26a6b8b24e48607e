package dev.synod.testkit.lab.quorum;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** One value with siblings on n1, n2 and n3; clients on n4 and n5. */
final class SiblingLab {

  private static final List<String> REPLICAS = List.of("n1", "n2", "n3");
  private static final int MACHINES = 5;
  private static final int R = 3; // w being 1, less would not meet each write
  private static final Duration LONG = Duration.ofSeconds(1);

  private final World world = LabWorld.of(1, MACHINES, machine -> {});
  private final Map<String, ActorRef<SiblingReplica.Message>> replicas = new HashMap<>();
  private int asked;

  SiblingLab() {
    world.network().quality(LabWorld.STEADY);
    for (int number = 0; number < REPLICAS.size(); number++) {
      var machine = world.machine(REPLICAS.get(number));
      var behavior = SiblingReplica.on(machine, new ReplicaId(number + 1), replicas);
      replicas.put(machine.name(), machine.spawn(behavior, "replica"));
    }
  }

  World world() {
    return world;
  }

  /** What a client is told. */
  record Told(List<Sibling> siblings) {

    List<String> values() {
      return siblings.stream().map(Sibling::value).sorted().toList();
    }

    /** With which it writes next. */
    Context context() {
      return Context.of(siblings);
    }
  }

  /** A client writes to one replica, in place of what it has seen. */
  Told put(String client, String replica, String value, Context seen) {
    return ask(client, 1, List.of(replica), asker -> new SiblingReplica.Put(value, seen, asker));
  }

  /** A client reads from all replicas, and repairs them afterwards. */
  Told get(String client) {
    var told = ask(client, R, REPLICAS, SiblingReplica.Get::new);
    REPLICAS.forEach(name -> tell(client, name, new SiblingReplica.Sync(told.siblings())));
    world.engine().runFor(LONG);
    return told;
  }

  /** What one replica holds. */
  Told held(String replica) {
    return ask(replica, 1, List.of(replica), SiblingReplica.Get::new);
  }

  /** What a client says to a replica, which answers to that actor. */
  @FunctionalInterface
  private interface Question {
    SiblingReplica.Message from(ActorRef<SiblingReplica.Held> asker);
  }

  private Told ask(String client, int enough, List<String> names, Question question) {
    var told = new CompletableFuture<Told>();
    var asker =
        world.machine(client).spawn(collecting(List.of(), enough, told), "asker-" + ++asked);
    var message = question.from(asker);
    names.forEach(name -> tell(client, name, message));
    if (!world.engine().runUntil(told::isDone, LONG)) {
      throw new AssertionError(client + " was never answered");
    }
    return told.join();
  }

  private static Behavior<SiblingReplica.Held> collecting(
      List<Sibling> heard, int missing, CompletableFuture<Told> told) {
    return Behaviors.receiveMessage(
        held -> {
          var all = Sibling.sync(heard, held.siblings());
          if (missing == 1) {
            told.complete(new Told(all));
            return Behaviors.stopped();
          }
          return collecting(all, missing - 1, told);
        });
  }

  private void tell(String from, String replica, SiblingReplica.Message message) {
    world.machine(from).peers().tell(Objects.requireNonNull(replicas.get(replica)), message);
  }
}
