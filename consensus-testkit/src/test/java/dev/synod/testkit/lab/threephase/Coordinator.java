package dev.synod.testkit.lab.threephase;

import dev.synod.actors.Peers;
import dev.synod.testkit.lab.LabMessage;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Leads one transaction: can you commit? Then prepare to. Then do. */
final class Coordinator {

  private static final Duration PATIENCE = Duration.ofMillis(100);

  sealed interface Message extends LabMessage {}

  enum Begin implements Message {
    BEGIN
  }

  record Vote(boolean yes) implements Message {}

  enum Prepared implements Message {
    PREPARED
  }

  private enum Silence implements Message {
    VOTES_MISSING,
    PREPARED_MISSING
  }

  private final Peers peers;
  private final Map<String, ActorRef<Participant.Message>> participants;
  private final Consumer<Decision> decides;
  private final ActorContext<Message> context;
  private int answers;

  private Coordinator(
      Peers peers,
      Map<String, ActorRef<Participant.Message>> participants,
      Consumer<Decision> decides,
      ActorContext<Message> context) {
    this.peers = peers;
    this.participants = participants;
    this.decides = decides;
    this.context = context;
  }

  static Behavior<Message> on(
      Peers peers,
      Map<String, ActorRef<Participant.Message>> participants,
      Consumer<Decision> decides) {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Message.class)
                .onMessageEquals(
                    Begin.BEGIN,
                    () -> new Coordinator(peers, participants, decides, context).askForVotes())
                .build());
  }

  /** Phase 1. */
  private Behavior<Message> askForVotes() {
    tellAll(new Participant.CanCommit(context.getSelf()));
    context.scheduleOnce(PATIENCE, context.getSelf(), Silence.VOTES_MISSING);
    return Behaviors.receive(Message.class)
        .onMessage(Vote.class, vote -> vote.yes() ? counted(this::prepare) : end(Decision.ABORT))
        .onMessageEquals(Silence.VOTES_MISSING, () -> end(Decision.ABORT))
        .build();
  }

  /** Phase 2: all have said yes. */
  private Behavior<Message> prepare() {
    answers = 0;
    tellAll(new Participant.PreCommit(context.getSelf()));
    context.scheduleOnce(PATIENCE, context.getSelf(), Silence.PREPARED_MISSING);
    return Behaviors.receive(Message.class)
        .onMessageEquals(Prepared.PREPARED, () -> counted(() -> end(Decision.COMMIT)))
        .onMessageEquals(Silence.PREPARED_MISSING, () -> end(Decision.ABORT))
        .onAnyMessage(late -> Behaviors.same())
        .build();
  }

  /** Phase 3. */
  private Behavior<Message> end(Decision decision) {
    decides.accept(decision);
    tellAll(new Participant.Do(decision));
    return Behaviors.ignore();
  }

  private Behavior<Message> counted(Supplier<Behavior<Message>> next) {
    answers++;
    return answers == participants.size() ? next.get() : Behaviors.same();
  }

  private void tellAll(Participant.Message message) {
    participants.values().forEach(participant -> peers.tell(participant, message));
  }
}
