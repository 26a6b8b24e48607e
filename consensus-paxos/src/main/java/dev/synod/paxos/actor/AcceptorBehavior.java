package dev.synod.paxos.actor;

import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.replica.DurableGate;
import dev.synod.core.Bytes;
import dev.synod.core.InvariantViolation;
import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.AcceptorStep;
import dev.synod.paxos.rules.Content;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An acceptor as an actor. What it promises and accepts is appended to its log, and said when the
 * log reports it durable; meanwhile it goes on hearing requests. It may drop any request: who asked
 * asks again.
 */
public final class AcceptorBehavior {

  private static final int ENTRIES_READ_MAX = 1024;

  private final ActorContext<AcceptorMessage> context;
  private final AcceptorSetup setup;
  private final GroupLog log;
  private final Acceptors acceptors;
  private final DurableGate<Runnable> gate;
  private Optional<ActorRef<ProposerMessage>> reserving = Optional.empty();
  private Optional<String> trouble = Optional.empty();

  private AcceptorBehavior(ActorContext<AcceptorMessage> context, AcceptorSetup setup) {
    this.context = context;
    this.setup = setup;
    this.log = setup.log();
    this.acceptors = new Acceptors(setup.self(), log, setup.settings().staleEntriesMax());
    this.gate = new DurableGate<>(setup.settings().gatedEffectsMax());
  }

  /** One that hears requests once it has read its log. */
  public static Behavior<AcceptorMessage> of(AcceptorSetup setup) {
    return Behaviors.setup(context -> new AcceptorBehavior(context, setup).starting());
  }

  private Behavior<AcceptorMessage> starting() {
    var self = context.getSelf();
    log.listener(
        new GroupLog.Listener() {
          @Override
          public void durable(long ticket) {
            self.tell(new AcceptorMessage.Durable(ticket));
          }

          @Override
          public void failed(LogFailure failure) {
            self.tell(new AcceptorMessage.LogFailed(failure));
          }
        });
    return readFrom(log.base().index() + 1);
  }

  private Behavior<AcceptorMessage> readFrom(long index) {
    if (index > log.last().index()) {
      return hearing();
    }
    long upTo = log.lastIndexWithin(index, ENTRIES_READ_MAX, setup.settings().recoveryBytesMax());
    var self = context.getSelf();
    log.read(index, upTo, result -> self.tell(new AcceptorMessage.Read(upTo, result)));
    return Behaviors.receive(AcceptorMessage.class)
        .onMessage(AcceptorMessage.Read.class, this::onRead)
        .onMessage(AcceptorMessage.Reserve.class, this::onReserve)
        .onMessage(AcceptorMessage.Describe.class, it -> describe(it, "starting", false))
        .onMessage(AcceptorMessage.Durable.class, this::onDurable)
        .onMessage(AcceptorMessage.LogFailed.class, this::onLogFailed)
        .onAnyMessage(early -> Behaviors.same())
        .build();
  }

  private Behavior<AcceptorMessage> onRead(AcceptorMessage.Read read) {
    if (read.result() instanceof GroupLog.ReadResult.Failed failed) {
      return failed(failed.failure());
    }
    if (!(read.result() instanceof GroupLog.ReadResult.Entries found)) {
      return damaged("entries up to " + read.upTo() + " of its log are gone");
    }
    try {
      acceptors.recover(found.entries());
    } catch (IllegalArgumentException | InvariantViolation e) {
      return damaged(
          "%s, at or before entry %d of %s".formatted(e.getMessage(), read.upTo(), log.group()));
    }
    return readFrom(read.upTo() + 1);
  }

  private Behavior<AcceptorMessage> hearing() {
    return Behaviors.receive(AcceptorMessage.class)
        .onMessage(AcceptorMessage.Hear.class, this::onHear)
        .onMessage(AcceptorMessage.Reserve.class, this::onReserve)
        .onMessage(AcceptorMessage.Describe.class, it -> describe(it, "acceptor", true))
        .onMessage(AcceptorMessage.Durable.class, this::onDurable)
        .onMessage(AcceptorMessage.LogFailed.class, this::onLogFailed)
        .onMessage(AcceptorMessage.Read.class, late -> Behaviors.same())
        .build();
  }

  private Behavior<AcceptorMessage> onHear(AcceptorMessage.Hear hear) {
    if (gate.isFull() || log.isBusy() || !isFit(hear)) {
      return Behaviors.same();
    }
    AcceptorStep<Content> step = acceptors.of(hear.key()).receive(hear.request());
    acceptors.become(hear.key(), step.after());
    var answering =
        new AcceptorEffects(hear, acceptors, this::whenDurable, this::answer, this::publish);
    step.effects().forEach(effect -> effect.perform(answering));
    acceptors.writeAnew().ifPresent(upTo -> whenDurable(() -> acceptors.forget(upTo)));
    return Behaviors.same();
  }

  /** What its log could not take is not heard: one proposer's mistake must not stop it. */
  private boolean isFit(AcceptorMessage.Hear hear) {
    int key = EntryFormat.lengthOf(hear.key());
    boolean fits =
        key >= 1
            && key <= EntryFormat.KEY_BYTES_MAX
            && hear.request().ballot().round() > 0
            && (!(hear.request() instanceof PaxosMessage.Accept<Content> accept)
                || accept.value().bytes().map(Bytes::length).orElse(0)
                    <= setup.settings().valueBytesMax());
    if (!fits) {
      context
          .getLog()
          .warn(
              "{} drops a request with ballot {}: a key is 1 to {} bytes, a value up to {}",
              log.group(),
              hear.request().ballot(),
              EntryFormat.KEY_BYTES_MAX,
              setup.settings().valueBytesMax());
    }
    return fits;
  }

  private void whenDurable(Runnable effect) {
    if (gate.isEmpty() && log.durableTicket() >= log.lastTicket()) {
      effect.run();
    } else {
      gate.add(log.lastTicket(), effect);
    }
  }

  private void answer(ActorRef<ProposerMessage> to, ProposerMessage message) {
    setup.peers().tell(to, message);
  }

  private void publish(LearnerMessage message) {
    setup.learners().forEach(learner -> setup.peers().tell(learner, message));
  }

  /** Also before it has read its log: what it reads are entries, and this is none. */
  private Behavior<AcceptorMessage> onReserve(AcceptorMessage.Reserve reserve) {
    reserving = Optional.of(reserve.replyTo());
    log.save(RoundsFormat.encode(reserve.upTo()));
    whenDurable(() -> reserve.replyTo().tell(new ProposerMessage.Durable(reserve.upTo())));
    return Behaviors.same();
  }

  /** Nobody leads, or everybody does: a node's callers turn to their own, as long as it serves. */
  private Behavior<AcceptorMessage> describe(
      AcceptorMessage.Describe describe, String role, boolean serves) {
    setup
        .peers()
        .tell(
            describe.replyTo(),
            new ReplicaStatus(
                log.group(),
                describe.self(),
                role,
                0,
                Optional.of(describe.self().store()).filter(self -> serves),
                log.last().index(),
                0,
                0,
                0,
                trouble,
                List.of(),
                List.of(
                    ReplicaStatus.Detail.of("registers", acceptors.size()),
                    ReplicaStatus.Detail.of(
                        "entries kept", log.last().index() - log.base().index()))));
    return Behaviors.same();
  }

  private Behavior<AcceptorMessage> onDurable(AcceptorMessage.Durable durable) {
    gate.release(durable.ticket(), Runnable::run);
    return Behaviors.same();
  }

  private Behavior<AcceptorMessage> onLogFailed(AcceptorMessage.LogFailed failed) {
    return failed(failed.failure());
  }

  private Behavior<AcceptorMessage> damaged(String what) {
    return failed(new LogFailure(LogFailure.Kind.CORRUPT, what));
  }

  /** Its disk can't be trusted any more: takes no part until a restart. */
  private Behavior<AcceptorMessage> failed(LogFailure failure) {
    trouble = Optional.of(failure.message());
    reserving.ifPresent(proposer -> proposer.tell(new ProposerMessage.LogFailed(failure)));
    setup.meters().failed();
    context.getLog().error("{} stops taking part: {}", log.group(), failure.message());
    return Behaviors.receive(AcceptorMessage.class)
        .onMessage(AcceptorMessage.Describe.class, it -> describe(it, "failed", false))
        .onMessage(AcceptorMessage.Reserve.class, it -> onReserveInVain(it, failure))
        .onAnyMessage(late -> Behaviors.same())
        .build();
  }

  private static Behavior<AcceptorMessage> onReserveInVain(
      AcceptorMessage.Reserve reserve, LogFailure failure) {
    reserve.replyTo().tell(new ProposerMessage.LogFailed(failure));
    return Behaviors.same();
  }
}
