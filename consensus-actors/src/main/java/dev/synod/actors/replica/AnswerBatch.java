package dev.synod.actors.replica;

import dev.synod.actors.Peers;
import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Answers gathered while a batch of entries is applied, then sent with one message a client:
 * messages are dear.
 */
final class AnswerBatch {

  private final GroupId group;
  private final Peers peers;
  private final int answersPerMessageMax;
  private final Map<ActorRef<Answers>, List<Answer>> byClient = new LinkedHashMap<>();

  AnswerBatch(GroupId group, Peers peers, int answersPerMessageMax) {
    this.group = group;
    this.peers = peers;
    this.answersPerMessageMax = answersPerMessageMax;
  }

  void add(ActorRef<Answers> client, long tag, Outcome<Object> outcome) {
    var answers = byClient.computeIfAbsent(client, absent -> new ArrayList<>());
    answers.add(new Answer(tag, outcome));
    if (answers.size() >= answersPerMessageMax) {
      send(client, answers);
      byClient.remove(client);
    }
  }

  void flush() {
    byClient.forEach(this::send);
    byClient.clear();
  }

  private void send(ActorRef<Answers> client, List<Answer> answers) {
    peers.tell(client, new Answers(group, Optional.empty(), List.copyOf(answers)));
  }
}
