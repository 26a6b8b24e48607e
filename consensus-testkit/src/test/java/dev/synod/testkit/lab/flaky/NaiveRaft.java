package dev.synod.testkit.lab.flaky;

import dev.synod.actors.Protocol;
import dev.synod.raft.Raft;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.testkit.lab.Misheard;

/**
 * Raft as in the paper's Figure 2 alone: whoever hears no leader raises its term, and who is asked
 * for a vote in a newer term takes up that term. Thesis §9.6's question beforehand is always
 * answered yes, and nobody is deaf to a request because it hears a leader (§6).
 */
final class NaiveRaft {

  private NaiveRaft() {}

  static Protocol protocol() {
    return new Misheard(Raft.protocol(), (self, message) -> heard(message));
  }

  private static RaftMessage heard(RaftMessage message) {
    if (message instanceof PreVoteReply reply) {
      return new PreVoteReply(reply.from(), reply.term(), true);
    } else if (message instanceof RequestVote request) {
      return new RequestVote(request.from(), request.term(), request.lastLog(), true);
    }
    return message;
  }
}
