package dev.synod.testkit.lab.quorum;

import dev.synod.crdt.clock.DottedVersionVector;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Holds all siblings of one value. It takes writes itself, w being 1, and tells the others of them
 * once; what gets lost is repaired by readers.
 */
final class SiblingReplica {

  sealed interface Message extends LabMessage {}

  /** Write that, in place of what the client has seen. */
  record Put(String value, Context seen, ActorRef<Held> replyTo) implements Message {}

  /** What do you hold? */
  record Get(ActorRef<Held> replyTo) implements Message {}

  /** From another, or from a reader that repairs: hold these, too. */
  record Sync(List<Sibling> siblings) implements Message {}

  /** What that replica holds after what it was asked. */
  record Held(String replica, List<Sibling> siblings) implements LabMessage {}

  private final Machine machine;
  private final ReplicaId self;
  private final Map<String, ActorRef<Message>> all;

  private SiblingReplica(Machine machine, ReplicaId self, Map<String, ActorRef<Message>> all) {
    this.machine = machine;
    this.self = self;
    this.all = all;
  }

  /**
   * On that machine, empty.
   *
   * @param all the replicas by their machines' names
   */
  static Behavior<Message> on(Machine machine, ReplicaId self, Map<String, ActorRef<Message>> all) {
    return new SiblingReplica(machine, self, all).holding(List.of());
  }

  private Behavior<Message> holding(List<Sibling> siblings) {
    return Behaviors.receive(Message.class)
        .onMessage(Put.class, put -> put(put, siblings))
        .onMessage(
            Get.class,
            get -> {
              answer(get.replyTo(), siblings);
              return Behaviors.same();
            })
        .onMessage(Sync.class, sync -> holding(Sibling.sync(siblings, sync.siblings())))
        .build();
  }

  private Behavior<Message> put(Put put, List<Sibling> siblings) {
    var clock = DottedVersionVector.next(Sibling.clocks(siblings), put.seen().vector(), self);
    var now = Sibling.sync(siblings, List.of(Sibling.of(put.value(), clock)));
    all.forEach(
        (name, replica) -> {
          if (!name.equals(machine.name())) {
            machine.peers().tell(replica, new Sync(now));
          }
        });
    answer(put.replyTo(), now);
    return holding(now);
  }

  private void answer(ActorRef<Held> asker, List<Sibling> siblings) {
    machine.peers().tell(asker, new Held(machine.name(), siblings));
  }
}
