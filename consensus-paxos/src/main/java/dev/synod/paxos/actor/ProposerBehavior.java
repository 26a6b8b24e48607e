package dev.synod.paxos.actor;

import dev.synod.actors.replica.DurableGate;
import dev.synod.core.Bytes;
import dev.synod.core.Outcome;
import dev.synod.log.LogFailure;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Change;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Proposal;
import dev.synod.paxos.rules.Proposer;
import dev.synod.paxos.rules.ProposerStep;
import dev.synod.paxos.rules.RegisterChange;
import dev.synod.paxos.rules.Rounds;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A proposer as an actor, of any number of decisions and registers: one change of each at a time,
 * the others wait. It tells each client one outcome.
 */
public final class ProposerBehavior {

  private final ProposerSetup setup;
  private final ActorRef<ProposerMessage> self;
  private final ProposerEffects effects;
  private final DurableGate<Runnable> gate;
  private final Map<String, Register> registers = new TreeMap<>();
  private int waiting;
  private Rounds rounds;
  private long reservedTicket;
  private long durableTicket;
  private Optional<LogFailure> failure = Optional.empty();

  private ProposerBehavior(
      ActorContext<ProposerMessage> context,
      TimerScheduler<ProposerMessage> timers,
      ProposerSetup setup) {
    this.setup = setup;
    this.self = context.getSelf();
    this.gate = new DurableGate<>(setup.settings().gatedEffectsMax());
    this.effects = new ProposerEffects(self, timers, setup);
    this.rounds =
        Rounds.atStart(
            setup.self(), setup.rounds().reserved(self), setup.settings().roundsReserved());
  }

  public static Behavior<ProposerMessage> of(ProposerSetup setup) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ProposerBehavior(context, timers, setup).proposing()));
  }

  private Behavior<ProposerMessage> proposing() {
    return Behaviors.receive(ProposerMessage.class)
        .onMessage(ProposerMessage.Submit.class, this::onSubmit)
        .onMessage(ProposerMessage.Hear.class, this::onHear)
        .onMessage(ProposerMessage.Late.class, this::onLate)
        .onMessage(ProposerMessage.Rested.class, this::onRested)
        .onMessage(ProposerMessage.AcceptorAt.class, this::onAcceptorAt)
        .onMessage(ProposerMessage.Durable.class, this::onDurable)
        .onMessage(ProposerMessage.LogFailed.class, this::onLogFailed)
        .build();
  }

  private Behavior<ProposerMessage> onSubmit(ProposerMessage.Submit submit) {
    var refusal = refusal(submit);
    if (refusal.isPresent()) {
      submit.replyTo().tell(refusal.get());
      return Behaviors.same();
    }
    var register = registers.get(submit.key());
    if (register == null) {
      begin(new Register(submit));
    } else {
      register.add(submit, setup.nanoTime().getAsLong());
      waiting++;
    }
    return Behaviors.same();
  }

  private Optional<Outcome<RegisterReply>> refusal(ProposerMessage.Submit submit) {
    int key = EntryFormat.lengthOf(submit.key());
    if (key < 0) {
      return rejected(
          Outcome.Reason.INVALID, "a register's key is text, but this one has half a character");
    }
    if (key < 1 || key > EntryFormat.KEY_BYTES_MAX) {
      return rejected(
          Outcome.Reason.INVALID,
          "a register's key is 1 to %d bytes, but is %d".formatted(EntryFormat.KEY_BYTES_MAX, key));
    }
    int value = lengthOf(submit);
    int valueMax = setup.settings().valueBytesMax();
    if (value > valueMax) {
      return rejected(
          Outcome.Reason.INVALID,
          "a value of %d bytes: synod.paxos.value-bytes-max is %d".formatted(value, valueMax));
    }
    if (failure.isPresent()) {
      return rejected(Outcome.Reason.STORAGE, failure.get().message());
    }
    boolean isFull =
        registers.containsKey(submit.key())
            ? waiting >= setup.settings().changesWaitingMax()
            : registers.size() >= setup.settings().registersChangingMax();
    return gate.isFull() || isFull
        ? rejected(Outcome.Reason.BUSY, "too many changes are under way or wait: try again later")
        : Optional.empty();
  }

  private static void tooLate(ProposerMessage.Submit submit) {
    submit
        .replyTo()
        .tell(
            new Outcome.Rejected<>(
                Outcome.Reason.BUSY, "earlier changes of that register took too long"));
  }

  private static Optional<Outcome<RegisterReply>> rejected(Outcome.Reason reason, String text) {
    return Optional.of(new Outcome.Rejected<>(reason, text));
  }

  private static int lengthOf(ProposerMessage.Submit submit) {
    Content next = Content.NOTHING;
    if (submit.change() instanceof RegisterChange.Set set) {
      next = set.next();
    } else if (submit.change() instanceof RegisterChange.CompareAndSet compared) {
      next = compared.next();
    } else if (submit.change() instanceof Change.Decide<Content> decide) {
      next = decide.own();
    }
    return next.bytes().map(Bytes::length).orElse(0);
  }

  private void begin(Register register) {
    registers.put(register.key(), register);
    var proposal =
        new Proposal<>(setup.quorums(), register.current.change(), setup.settings().attemptsMax());
    perform(register, Proposer.begin(proposal, nextBallot()));
  }

  /** Effects that wait for it to be durable wait for the reservation, too. */
  private Ballot nextBallot() {
    var next = rounds.next();
    rounds = next.after();
    if (next.reserves()) {
      reservedTicket = setup.rounds().reserve(rounds.reserved(), self);
    }
    return next.ballot();
  }

  private Behavior<ProposerMessage> onHear(ProposerMessage.Hear hear) {
    if (hear.answer() instanceof PaxosMessage.Nack<Content> nack) {
      rounds = rounds.seen(nack.promised());
    }
    var register = registers.get(hear.key());
    if (register != null) {
      perform(register, register.proposer().receive(hear.answer()));
    }
    return Behaviors.same();
  }

  private Behavior<ProposerMessage> onLate(ProposerMessage.Late late) {
    var register = registers.get(late.key());
    if (register != null) {
      perform(register, register.proposer().timedOut(late.attempt()));
    }
    return Behaviors.same();
  }

  private Behavior<ProposerMessage> onRested(ProposerMessage.Rested rested) {
    var register = registers.get(rested.key());
    if (register != null) {
      perform(register, register.proposer().resume(rested.attempt(), nextBallot()));
    }
    return Behaviors.same();
  }

  private void perform(Register register, ProposerStep<Content> step) {
    register.become(step.after());
    var performing = effects.of(register, this::whenDurable);
    step.effects().forEach(effect -> effect.perform(performing));
    if (register.isDone()) {
      effects.stop(register.key());
      registers.remove(register.key());
      waiting -= register.waiting();
      register.next(setup.nanoTime().getAsLong(), ProposerBehavior::tooLate).ifPresent(this::goOn);
    }
  }

  private void goOn(Register register) {
    waiting += register.waiting();
    begin(register);
  }

  private void whenDurable(Runnable effect) {
    if (gate.isEmpty() && durableTicket >= reservedTicket) {
      effect.run();
    } else {
      gate.add(reservedTicket, effect);
    }
  }

  private Behavior<ProposerMessage> onAcceptorAt(ProposerMessage.AcceptorAt found) {
    effects.acceptorAt(found.store(), found.acceptor());
    return Behaviors.same();
  }

  private Behavior<ProposerMessage> onDurable(ProposerMessage.Durable durable) {
    durableTicket = Math.max(durableTicket, durable.ticket());
    gate.release(durable.ticket(), Runnable::run);
    return Behaviors.same();
  }

  /** What runs ends by itself, as nobody answers what is never asked; new changes are refused. */
  private Behavior<ProposerMessage> onLogFailed(ProposerMessage.LogFailed failed) {
    failure = Optional.of(failed.failure());
    return Behaviors.same();
  }
}
