package dev.synod.testkit.lab.threephase;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Takes part in one transaction, and never waits for ever. */
final class Participant {

  /** Longer than the coordinator's, so that a living coordinator's decision comes first. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  /** How long it waits for the other participants' answers. */
  private static final Duration ASKING = Duration.ofMillis(100);

  sealed interface Message extends LabMessage {}

  record CanCommit(ActorRef<Coordinator.Message> from) implements Message {}

  record PreCommit(ActorRef<Coordinator.Message> from) implements Message {}

  record Do(Decision decision) implements Message {}

  /** "How far are you?" */
  record HowFar(ActorRef<Message> from) implements Message {}

  record SoFar(Stage stage) implements Message {}

  /** How far a participant is. */
  enum Stage {
    READY,
    PREPARED,
    COMMITTED,
    ABORTED
  }

  private enum Silence implements Message {
    COORDINATOR,
    OTHERS
  }

  /** What a participant is made of. */
  record Setup(
      Machine machine,
      boolean votesYes,
      OnSilence onSilence,
      Map<String, ActorRef<Message>> all,
      Consumer<Decision> decides) {}

  private final Setup setup;
  private final ActorContext<Message> context;
  private final TimerScheduler<Message> timers;
  private boolean othersArePrepared;
  private boolean othersHaveAborted;

  private Participant(Setup setup, ActorContext<Message> context, TimerScheduler<Message> timers) {
    this.setup = setup;
    this.context = context;
    this.timers = timers;
  }

  static Behavior<Message> of(Setup setup) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new Participant(setup, context, timers).unasked()));
  }

  private Behavior<Message> unasked() {
    return Behaviors.receive(Message.class)
        .onMessage(CanCommit.class, this::vote)
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<Message> vote(CanCommit asked) {
    setup.machine().peers().tell(asked.from(), new Coordinator.Vote(setup.votesYes()));
    return setup.votesYes() ? waitingAs(Stage.READY) : decide(Decision.ABORT);
  }

  private Behavior<Message> prepare(PreCommit asked) {
    setup.machine().peers().tell(asked.from(), Coordinator.Prepared.PREPARED);
    return waitingAs(Stage.PREPARED);
  }

  private Behavior<Message> waitingAs(Stage stage) {
    timers.startSingleTimer(Silence.COORDINATOR, PATIENCE);
    return at(stage);
  }

  private Behavior<Message> at(Stage stage) {
    return Behaviors.receive(Message.class)
        .onMessage(PreCommit.class, this::prepare)
        .onMessage(Do.class, told -> decide(told.decision()))
        .onMessage(HowFar.class, asked -> answer(asked, stage))
        .onMessage(SoFar.class, this::note)
        .onMessageEquals(Silence.COORDINATOR, () -> silence(stage))
        .onMessageEquals(Silence.OTHERS, () -> decide(decisionAt(stage)))
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<Message> silence(Stage stage) {
    if (setup.onSilence() == OnSilence.DECIDE_ALONE) {
      return decide(decisionAt(stage));
    }
    setup.all().values().forEach(other -> tell(other, new HowFar(context.getSelf())));
    timers.startSingleTimer(Silence.OTHERS, ASKING);
    return Behaviors.same();
  }

  private Behavior<Message> note(SoFar other) {
    othersArePrepared |= other.stage() == Stage.PREPARED || other.stage() == Stage.COMMITTED;
    othersHaveAborted |= other.stage() == Stage.ABORTED;
    return Behaviors.same();
  }

  private Decision decisionAt(Stage stage) {
    boolean commits = !othersHaveAborted && (stage == Stage.PREPARED || othersArePrepared);
    return commits ? Decision.COMMIT : Decision.ABORT;
  }

  private Behavior<Message> decide(Decision decision) {
    setup.decides().accept(decision);
    var stage = decision == Decision.COMMIT ? Stage.COMMITTED : Stage.ABORTED;
    return Behaviors.receive(Message.class)
        .onMessage(HowFar.class, asked -> answer(asked, stage))
        .onAnyMessage(other -> Behaviors.same())
        .build();
  }

  private Behavior<Message> answer(HowFar asked, Stage stage) {
    tell(asked.from(), new SoFar(stage));
    return Behaviors.same();
  }

  private void tell(ActorRef<Message> other, Message message) {
    setup.machine().peers().tell(other, message);
  }
}
