package dev.synod.testkit.lab.livelock;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A proposer of one decision, which asks again until something is decided. */
final class Proposer {

  /** Ballots of different proposers never collide: they differ modulo this. */
  private static final long PROPOSERS_MAX = 10;

  sealed interface Message extends LabMessage {}

  enum Start implements Message {
    START
  }

  record Promise(long ballot, long accepted, String value) implements Message {}

  record Accepted(long ballot) implements Message {}

  /** Not in that ballot: a higher one was promised. */
  record Refused(long ballot, long promised) implements Message {}

  /** What a proposer is made of. */
  record Setup(
      Machine machine,
      long number,
      String value,
      List<ActorRef<Acceptor.Message>> acceptors,
      BackOff backOff,
      Runnable round,
      Consumer<String> decided) {}

  private final Setup setup;
  private final ActorContext<Message> context;
  private final RandomGenerator random;
  private long ballot;
  private int refusals;
  private int answers;
  private long highestAccepted;
  private String value;

  private Proposer(Setup setup, ActorContext<Message> context) {
    this.setup = setup;
    this.context = context;
    this.random = setup.machine().chance();
    this.value = setup.value();
  }

  static Behavior<Message> of(Setup setup) {
    return Behaviors.setup(context -> new Proposer(setup, context).idle());
  }

  private Behavior<Message> idle() {
    return Behaviors.receive(Message.class)
        .onMessageEquals(Start.START, this::prepare)
        .onMessage(Refused.class, refused -> higher(refused.promised()))
        .onAnyMessage(late -> Behaviors.same())
        .build();
  }

  /** Phase 1. */
  private Behavior<Message> prepare() {
    ballot = (ballot / PROPOSERS_MAX + 1) * PROPOSERS_MAX + setup.number();
    answers = 0;
    highestAccepted = 0;
    setup.round().run();
    tellAll(new Acceptor.Prepare(ballot, context.getSelf()));
    return Behaviors.receive(Message.class)
        .onMessage(Promise.class, this::promised)
        .onMessage(Refused.class, this::refused)
        .onAnyMessage(late -> Behaviors.same())
        .build();
  }

  private Behavior<Message> promised(Promise promise) {
    if (promise.ballot() != ballot) {
      return Behaviors.same();
    }
    if (promise.accepted() > highestAccepted) {
      highestAccepted = promise.accepted();
      value = promise.value();
    }
    answers++;
    return isMajority() ? accept() : Behaviors.same();
  }

  /** Phase 2. */
  private Behavior<Message> accept() {
    answers = 0;
    tellAll(new Acceptor.Accept(ballot, value, context.getSelf()));
    return Behaviors.receive(Message.class)
        .onMessage(Accepted.class, this::accepted)
        .onMessage(Refused.class, this::refused)
        .onAnyMessage(late -> Behaviors.same())
        .build();
  }

  private Behavior<Message> accepted(Accepted accepted) {
    if (accepted.ballot() != ballot) {
      return Behaviors.same();
    }
    answers++;
    if (!isMajority()) {
      return Behaviors.same();
    }
    setup.decided().accept(value);
    return Behaviors.ignore();
  }

  private Behavior<Message> refused(Refused refused) {
    if (refused.ballot() != ballot) {
      return Behaviors.same();
    }
    higher(refused.promised());
    refusals++;
    context.scheduleOnce(setup.backOff().pause(refusals, random), context.getSelf(), Start.START);
    return idle();
  }

  private Behavior<Message> higher(long promised) {
    ballot = Math.max(ballot, promised);
    return Behaviors.same();
  }

  private boolean isMajority() {
    return answers * 2 > setup.acceptors().size();
  }

  private void tellAll(Acceptor.Message message) {
    setup.acceptors().forEach(acceptor -> setup.machine().peers().tell(acceptor, message));
  }
}
