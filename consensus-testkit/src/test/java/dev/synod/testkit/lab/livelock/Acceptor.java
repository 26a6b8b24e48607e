package dev.synod.testkit.lab.livelock;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An acceptor of one decision: what it promises or accepts is on disk before it says so. */
final class Acceptor {

  /** What the disk takes. A refusal writes nothing, so it is faster. */
  static final Duration WRITE = Duration.ofMillis(5);

  sealed interface Message extends LabMessage {}

  record Prepare(long ballot, ActorRef<Proposer.Message> from) implements Message {}

  record Accept(long ballot, String value, ActorRef<Proposer.Message> from) implements Message {}

  private record Written(ActorRef<Proposer.Message> to, Proposer.Message answer)
      implements Message {}

  private Acceptor() {}

  static Behavior<Message> on(Machine machine) {
    return promised(machine, 0, 0, "");
  }

  /**
   * Nothing below that ballot is heard any more.
   *
   * @param accepted the ballot of the value; 0 if there is none
   */
  private static Behavior<Message> promised(
      Machine machine, long ballot, long accepted, String value) {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Message.class)
                .onMessage(
                    Prepare.class,
                    prepare -> {
                      if (prepare.ballot() <= ballot) {
                        return refuse(machine, prepare.from(), prepare.ballot(), ballot);
                      }
                      var promise = new Proposer.Promise(prepare.ballot(), accepted, value);
                      context.scheduleOnce(
                          WRITE, context.getSelf(), new Written(prepare.from(), promise));
                      return promised(machine, prepare.ballot(), accepted, value);
                    })
                .onMessage(
                    Accept.class,
                    accept -> {
                      if (accept.ballot() < ballot) {
                        return refuse(machine, accept.from(), accept.ballot(), ballot);
                      }
                      var answer = new Proposer.Accepted(accept.ballot());
                      context.scheduleOnce(
                          WRITE, context.getSelf(), new Written(accept.from(), answer));
                      return promised(machine, accept.ballot(), accept.ballot(), accept.value());
                    })
                .onMessage(
                    Written.class,
                    written -> {
                      machine.peers().tell(written.to(), written.answer());
                      return Behaviors.same();
                    })
                .build());
  }

  private static Behavior<Message> refuse(
      Machine machine, ActorRef<Proposer.Message> to, long ballot, long promised) {
    machine.peers().tell(to, new Proposer.Refused(ballot, promised));
    return Behaviors.same();
  }
}
