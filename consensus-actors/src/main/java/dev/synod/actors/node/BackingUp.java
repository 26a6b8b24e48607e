package dev.synod.actors.node;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.BackUp;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Asks a replica for a backup; an answer is a refusal, the end of the writing comes otherwise. */
final class BackingUp {

  private BackingUp() {}

  /**
   * The actor that asks.
   *
   * @param index the backup must hold what was committed up to there
   * @param patience how long the replica may take to have applied that
   */
  static Behavior<Answers> create(
      ActorRef<ReplicaMessage> replica, BackUp wanted, long index, Duration patience) {
    return Behaviors.setup(
        context -> {
          var question = new Question(1, Read.atLeast(index), wanted);
          replica.tell(new Ask(wanted.group(), context.getSelf(), List.of(question)));
          context.setReceiveTimeout(
              patience, new Answers(wanted.group(), Optional.empty(), List.of()));
          return Behaviors.receiveMessage(
              answers -> {
                wanted.refused(
                    answers.answers().stream()
                        .map(answer -> textOf(answer.outcome()))
                        .findFirst()
                        .orElse("this replica did not come so far within " + patience));
                return Behaviors.stopped();
              });
        });
  }

  private static String textOf(Outcome<Object> outcome) {
    return outcome instanceof Outcome.Rejected<Object> rejected
        ? rejected.text()
        : outcome.toString();
  }
}
