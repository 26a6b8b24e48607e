package dev.synod.actors.message;

import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** What a group's clients and its replicas say to each other. */
public interface ClientMessage extends WireMessage {

  /**
   * Client to replica: please replicate these, in this order.
   *
   * @param group checked by the receiver, whose path may have been taken by another group meanwhile
   * @param session 0 before the client has one
   */
  record Propose(GroupId group, ActorRef<Answers> client, long session, List<Proposal> proposals)
      implements ClientMessage, ReplicaMessage {}

  /**
   * One entry to be.
   *
   * @param tag by which the client knows the answer; a new one for each try, so that it is never
   *     taken for that of another
   * @param payload exactly as it will stand in the log
   */
  record Proposal(long tag, EntryKind kind, Bytes payload) {

    public Proposal {
      if (kind == EntryKind.WITNESSED) {
        throw new IllegalArgumentException(
            "clients ask for what is to be applied, not for " + kind);
      }
    }
  }

  /** Client to replica: please read. */
  record Ask(GroupId group, ActorRef<Answers> client, List<Question> questions)
      implements ClientMessage, ReplicaMessage {}

  /**
   * One read; the query is encoded by the Pekko serializer bound to its class when it crosses
   * nodes.
   */
  record Question(long tag, Read freshness, Object query) {}

  /** Client to leader: the session is alive. Costs no log entry. */
  record KeepAlive(GroupId group, long session) implements ClientMessage, ReplicaMessage {}

  /**
   * Replica to client: what became of some proposals or questions.
   *
   * @param leader where to turn to next, if known
   */
  record Answers(GroupId group, Optional<ActorRef<ReplicaMessage>> leader, List<Answer> answers)
      implements ClientMessage, GroupClientMessage {}

  /** The answer to one proposal or question. */
  record Answer(long tag, Outcome<Object> outcome) {}
}
