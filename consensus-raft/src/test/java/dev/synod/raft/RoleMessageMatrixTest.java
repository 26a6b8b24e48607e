package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.append;
import static dev.synod.raft.RaftFixture.at;
import static dev.synod.raft.RaftFixture.candidate;
import static dev.synod.raft.RaftFixture.follower;
import static dev.synod.raft.RaftFixture.following;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.heartbeat;
import static dev.synod.raft.RaftFixture.heartbeatReply;
import static dev.synod.raft.RaftFixture.installSnapshot;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.preCandidate;
import static dev.synod.raft.RaftFixture.rejected;
import static dev.synod.raft.RaftFixture.requestVote;
import static dev.synod.raft.RaftFixture.term;
import static dev.synod.raft.RaftFixture.voteReply;

import dev.synod.core.InvariantViolation;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.protocol.RaftMessage.ReadIndexReply;
import dev.synod.raft.protocol.RaftMessage.RemovalNotice;
import dev.synod.raft.protocol.RaftMessage.RequestPreVote;
import dev.synod.raft.protocol.RaftMessage.RequestReadIndex;
import dev.synod.raft.protocol.RaftMessage.TimeoutNow;
import dev.synod.raft.rules.Effect.Timer;
import dev.synod.raft.rules.Role;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every role does with every message of an older, its own, and a newer term: one table. */
@DisplayName("Every role answers every message")
class RoleMessageMatrixTest {

  private static final long OWN_TERM = 5;
  private static final List<String> AGES = List.of("older", "same", "newer");

  @Test
  @DisplayName("the table of roles, messages and terms is the one that was reviewed")
  void matrix() throws IOException {
    var table = new StringBuilder();
    table.append(
        """
        What s1 of three does with every message, from s2, of an older, its own, and a newer term.
        Its own term is t5. Its log ends at 3@t5; 2 is committed, where it can know that.
        """);
    for (String role :
        List.of("Follower", "deaf Follower", "PreCandidate", "Candidate", "Leader")) {
      table.append('\n').append(role).append(" t5\n");
      for (RaftMessage message : messagesOf(OWN_TERM)) {
        for (int age = 0; age < AGES.size(); age++) {
          var said = sameKind(message, OWN_TERM - 1 + age);
          table.append(line(role, said, AGES.get(age)));
        }
      }
    }
    Golden.check("role-message-matrix.txt", table.toString());
  }

  private static String line(String role, RaftMessage said, String age) {
    var kind = said.getClass().getSimpleName();
    return "  %-16s %-6s %s%n".formatted(kind, age, answer(role(role), said)).replace("\r", "");
  }

  private static String answer(Role role, RaftMessage said) {
    try {
      var step = hear(role, said);
      var became = Words.of(step.after());
      var change = became.equals(Words.of(role)) ? "" : "→ " + became + "; ";
      var effects =
          step.effects().stream()
              .filter(e -> !(e instanceof Timer))
              .map(Words::of)
              .collect(Collectors.joining("; "));
      return change + (effects.isEmpty() ? (change.isEmpty() ? "nothing" : "") : effects);
    } catch (InvariantViolation impossible) {
      return "stops: " + impossible.getMessage().replaceAll(":.*", "");
    }
  }

  private static Role role(String name) {
    var log = log(1, 1, 5);
    return switch (name) {
      case "Follower" -> follower(OWN_TERM, log);
      case "deaf Follower" -> following(S2, OWN_TERM, log, 2);
      case "PreCandidate" -> preCandidate(OWN_TERM, log);
      case "Candidate" -> candidate(OWN_TERM, log);
      default -> hear(leader(OWN_TERM, log(1, 1)), accepted(S1, OWN_TERM, 3)).after();
    };
  }

  /** One of each message, as it is most often said. */
  private static List<RaftMessage> messagesOf(long term) {
    return List.of(
        new RequestPreVote(S2, term(term), at(3, term)),
        new PreVoteReply(S2, term(term), true),
        requestVote(S2, term, at(3, term)),
        voteReply(S2, term, true),
        append(S2, term, at(2, 1), 3, term, term),
        accepted(S2, term, 3),
        rejected(S2, term, 2, at(1, 1)),
        heartbeat(S2, term, 2, 1),
        heartbeatReply(S2, term, 1),
        new RequestReadIndex(S2, term(term), 7),
        new ReadIndexReply(S2, term(term), 7, 2),
        new TimeoutNow(S2, term(term)),
        installSnapshot(S2, term, at(9, 4)),
        new RemovalNotice(S2, term(term), 2));
  }

  private static RaftMessage sameKind(RaftMessage message, long term) {
    return messagesOf(term).stream()
        .filter(other -> other.getClass() == message.getClass())
        .findFirst()
        .orElseThrow();
  }
}
