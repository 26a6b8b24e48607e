package dev.synod.actors.replica;

import com.typesafe.config.Config;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.primarybackup.PreparingMachine;
import dev.synod.actors.replica.ApplierMessage.Answer;
import dev.synod.actors.replica.ApplierMessage.Applied;
import dev.synod.actors.replica.ApplierMessage.Apply;
import dev.synod.actors.replica.ApplierMessage.Broken;
import dev.synod.actors.replica.ApplierMessage.CloseWatches;
import dev.synod.actors.replica.ApplierMessage.LookedBack;
import dev.synod.actors.replica.ApplierMessage.LookedBackInVain;
import dev.synod.actors.replica.ApplierMessage.Restore;
import dev.synod.actors.replica.ApplierMessage.Restored;
import dev.synod.actors.replica.ApplierMessage.SessionsChanged;
import dev.synod.actors.replica.ApplierMessage.SnapshotFailed;
import dev.synod.actors.replica.ApplierMessage.TakeSnapshot;
import dev.synod.actors.replica.ApplierMessage.Watch;
import dev.synod.actors.replica.ApplierTask.Loaded;
import dev.synod.actors.replica.ApplierTask.NotLoaded;
import dev.synod.actors.replica.ApplierTask.Turn;
import dev.synod.actors.settings.Section;
import dev.synod.core.Entry;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import java.util.ArrayDeque;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.serialization.SerializationExtension;
import org.jspecify.annotations.Nullable;

/**
 * The actor that owns a replica's state machine: applies what is committed, answers who waits for
 * it, takes and restores snapshots. A child of the replica's actor, with a mailbox of its own.
 *
 * <p>Large batches are applied in turns, so that a read whose index was reached long ago does not
 * wait for a whole batch. Files are read and written on the executor it is given; only this actor
 * ever touches the machine.
 */
public final class Applier<C, R, S> extends AbstractBehavior<ApplierMessage> {

  private final ActorRef<ReplicaMessage> replica;
  private final ApplierSettings settings;
  private final ReplicatedState<C, R, S> state;
  private final SnapshotKeeper<C, R, S> snapshots;
  private final WaitingQuestions questions;
  private final AnswerBatch answers;
  private final ChangeFeed changes;
  private final OwnDigests digests;
  private final Optional<Preparation> preparation;

  /**
   * Batches and restores in the order they came. The replica bounds how many entries are on their
   * way.
   */
  private final ArrayDeque<ApplierMessage> pending = new ArrayDeque<>();

  private @Nullable CommittedBatch batch;
  private boolean turnIsDue;
  private boolean restoring;
  private boolean hasLostState;

  private Applier(
      ActorContext<ApplierMessage> context,
      ApplierSetup<C, R, S> setup,
      ActorRef<ReplicaMessage> replica) {
    super(context);
    context.setLoggerName(Applier.class);
    this.replica = replica;
    this.settings = setup.settings();
    var serialization = SerializationExtension.get(context.getSystem());
    var machine = setup.machine().get();
    this.state =
        new ReplicatedState<>(
            machine, serialization, setup.founded(), new ChangeBits(setup.watch().rememberedMax()));
    this.snapshots = new SnapshotKeeper<>(context, setup, serialization, state, replica);
    snapshots.warnEarly();
    this.questions = new WaitingQuestions(settings.questionsWaitingMax());
    this.answers = new AnswerBatch(setup.group(), setup.peers(), settings.answersPerMessageMax());
    this.changes = new ChangeFeed(context, setup, replica, state);
    this.digests = new OwnDigests(context.getSelf(), setup, state);
    this.preparation =
        machine instanceof PreparingMachine<?, ?, ?> preparing
            ? Optional.of(
                new Preparation(
                    state,
                    preparing,
                    serialization,
                    commandBytesMax(context.getSystem().settings().config()),
                    replica::tell))
            : Optional.empty();
  }

  private static int commandBytesMax(Config system) {
    return Section.intBytes(system, "synod.command-bytes-max");
  }

  /**
   * An applier for that replica. All replicas of a group must be given the same kind of machine.
   */
  public static <C, R, S> Behavior<ApplierMessage> create(
      ApplierSetup<C, R, S> setup, ActorRef<ReplicaMessage> replica) {
    return Behaviors.setup(context -> new Applier<>(context, setup, replica));
  }

  @Override
  public Receive<ApplierMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Apply.class, this::onWork)
        .onMessage(Answer.class, this::onAnswer)
        .onMessageEquals(TakeSnapshot.INSTANCE, this::onTakeSnapshot)
        .onMessage(Restore.class, this::onWork)
        .onMessageEquals(Turn.INSTANCE, this::onTurn)
        .onMessage(Loaded.class, this::onLoaded)
        .onMessage(NotLoaded.class, notLoaded -> broken(notLoaded.reason()))
        .onMessage(ApplierTask.Written.class, this::onWritten)
        .onMessage(Watch.class, watch -> guarded(() -> watch(watch)))
        .onMessage(ApplierTask.Follow.class, it -> guarded(() -> changes.follow(it.on())))
        .onMessage(LookedBack.class, back -> guarded(() -> changes.lookedBack(back)))
        .onMessage(LookedBackInVain.class, it -> guarded(() -> changes.lookedBackInVain(it)))
        .onMessage(ApplierMessage.Compare.class, this::onCompare)
        .onMessage(ApplierMessage.Prepare.class, this::onPrepare)
        .onMessage(ApplierMessage.Contradict.class, this::onContradict)
        .onMessage(ApplierTask.StateDigested.class, it -> guarded(() -> digests.looked(it)))
        .onMessage(CloseWatches.class, close -> guarded(() -> changes.close(close.why())))
        .onMessage(ApplierTask.NotWritten.class, this::onNotWritten)
        .build();
  }

  private Behavior<ApplierMessage> onWork(ApplierMessage applyOrRestore) {
    pending.add(applyOrRestore);
    return batch == null && pending.size() == 1 && !restoring ? guarded(this::work) : this;
  }

  private Behavior<ApplierMessage> onTurn() {
    turnIsDue = false;
    return guarded(this::work);
  }

  private Behavior<ApplierMessage> onAnswer(Answer question) {
    if (question.index() <= state.applied().index() || state.isWitness()) {
      return guarded(
          () -> {
            answer(question);
            turnSoon();
          });
    }
    if (!questions.add(question)) {
      reject(
          question,
          Reason.BUSY,
          "too many reads wait for this replica to catch up; try again later");
      turnSoon();
    }
    return this;
  }

  private Behavior<ApplierMessage> onTakeSnapshot() {
    return guarded(snapshots::take);
  }

  private Behavior<ApplierMessage> onWritten(ApplierTask.Written written) {
    snapshots.written(written);
    return this;
  }

  private Behavior<ApplierMessage> onNotWritten(ApplierTask.NotWritten notWritten) {
    snapshots.notWritten(notWritten.reason());
    return this;
  }

  private Behavior<ApplierMessage> onCompare(ApplierMessage.Compare compare) {
    compare.asked().ifPresent(digests::compare);
    if (compare.asked().isEmpty()) {
      digests.now().ifPresent(own -> replica.tell(new ApplierMessage.Digested(own)));
    }
    return this;
  }

  private Behavior<ApplierMessage> onPrepare(ApplierMessage.Prepare prepare) {
    return guarded(() -> preparation.ifPresent(it -> it.add(prepare)));
  }

  private Behavior<ApplierMessage> onContradict(ApplierMessage.Contradict contradict) {
    return digests.contradiction(contradict.diverged()).map(this::broken).orElse(this);
  }

  private Behavior<ApplierMessage> onLoaded(Loaded loaded) {
    restoring = false;
    return guarded(
        () -> {
          loaded
              .content()
              .ifPresent(
                  content -> {
                    snapshots.restore(content);
                    restored();
                  });
          replica.tell(
              new Restored(
                  state.applied(),
                  state.configuration(),
                  state.isWitness(),
                  preparation.isPresent()));
          reportSessions();
          work();
        });
  }

  /** One turn: some entries of the batch at hand, then the answers that came of them. */
  private void work() {
    if (batch == null && !restoring) {
      begin(pending.poll());
    }
    if (batch != null) {
      batch.applyTo(state, settings.entriesPerTurnMax(), answers, this::applied);
      reportSessions();
      questions.releaseUpTo(state.applied().index(), this::answer);
      if (state.isWitness()) {
        lostState();
      }
      preparation.ifPresent(Preparation::work);
    }
    answers.flush();
    changes.flush();
    digests.answerIfApplied();
    if (batch != null && batch.isDone()) {
      batch = null;
      replica.tell(new Applied(state.applied().index()));
    }
    if (batch != null || (!pending.isEmpty() && !restoring)) {
      turnSoon();
    }
  }

  private void applied(Entry entry) {
    if (!state.isWitness()) {
      changes.applied(entry);
      digests.applied(entry.index());
    }
  }

  private void watch(Watch watch) {
    changes.pull(watch.pull());
    if (state.isWitness()) {
      changes.close(ReplicatedState.NO_STATE);
    }
  }

  private void restored() {
    if (state.isWitness()) {
      lostState();
    } else {
      changes.restored();
    }
  }

  /** Whatever index somebody waits for, what is applied here does not come to a state. */
  private void lostState() {
    questions.releaseUpTo(Long.MAX_VALUE, this::answer);
    if (!hasLostState) {
      hasLostState = true;
      changes.close(ReplicatedState.NO_STATE);
    }
  }

  private void begin(@Nullable ApplierMessage next) {
    if (next instanceof Apply apply) {
      batch = new CommittedBatch(apply);
    } else if (next instanceof Restore) {
      restoring = true;
      snapshots.load();
    }
  }

  /** Lands behind the messages that are queued already, so that their answers go out together. */
  private void turnSoon() {
    if (!turnIsDue) {
      turnIsDue = true;
      getContext().getSelf().tell(Turn.INSTANCE);
    }
  }

  private void answer(Answer question) {
    if (question.question().query() instanceof BackUp wanted) {
      snapshots.backUp(wanted);
      return;
    }
    answers.add(
        question.client(), question.question().tag(), state.answer(question.question().query()));
  }

  private void reject(Answer question, Reason reason, String text) {
    answers.add(question.client(), question.question().tag(), new Outcome.Rejected<>(reason, text));
  }

  private void reportSessions() {
    var opened = state.takeOpened();
    var closed = state.takeClosed();
    if (!opened.isEmpty() || !closed.isEmpty()) {
      replica.tell(new SessionsChanged(opened, closed));
    }
  }

  /** What the replica must not survive becomes {@link Broken}; a bug stops this actor as well. */
  private Behavior<ApplierMessage> guarded(Runnable step) {
    try {
      step.run();
      return this;
    } catch (UndecodableEntry e) {
      return broken(e.reason());
    } catch (RuntimeException | Error e) {
      broken("the state machine or its host failed: " + e);
      throw e;
    }
  }

  private Behavior<ApplierMessage> broken(String reason) {
    getContext().getLog().error("{}: {}", replica.path().name(), reason);
    replica.tell(new Broken(reason));
    if (batch != null) {
      batch.giveUp(reason, answers);
    }
    for (ApplierMessage message : pending) {
      if (message instanceof Apply apply) {
        new CommittedBatch(apply).giveUp(reason, answers);
      }
    }
    questions.releaseUpTo(Long.MAX_VALUE, question -> reject(question, Reason.STOPPING, reason));
    preparation.ifPresent(it -> it.giveUp(reason));
    answers.flush();
    changes.close(reason);
    return brokenFor(reason);
  }

  /** Only tells those who still come why they get nothing. */
  private Behavior<ApplierMessage> brokenFor(String reason) {
    return Behaviors.receive(ApplierMessage.class)
        .onMessage(
            Answer.class,
            question -> {
              reject(question, Reason.STOPPING, reason);
              answers.flush();
              return Behaviors.same();
            })
        .onMessage(
            Apply.class,
            apply -> {
              new CommittedBatch(apply).giveUp(reason, answers);
              answers.flush();
              return Behaviors.same();
            })
        .onMessage(
            ApplierMessage.Prepare.class,
            prepare -> {
              replica.tell(Preparation.refused(prepare, reason));
              return Behaviors.same();
            })
        .onMessage(
            Watch.class,
            watch -> {
              changes.pull(watch.pull());
              changes.close(reason);
              return Behaviors.same();
            })
        .onMessageEquals(
            TakeSnapshot.INSTANCE,
            () -> {
              replica.tell(new SnapshotFailed(reason));
              return Behaviors.same();
            })
        .onAnyMessage(ignored -> Behaviors.same())
        .build();
  }
}
