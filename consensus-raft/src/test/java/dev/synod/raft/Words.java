package dev.synod.raft;

import dev.synod.core.Entry;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Role;
import java.util.List;
import java.util.stream.Collectors;

/** How messages, effects and roles are written in tables and transcripts. */
final class Words implements RaftMessage.Cases<String> {

  private static final Words WORDS = new Words();

  private Words() {}

  static String of(RaftMessage message) {
    return message.getClass().getSimpleName() + " " + message.term() + message.match(WORDS);
  }

  static String of(Role role) {
    return role.getClass().getSimpleName() + " " + role.term();
  }

  static String of(Effect effect) {
    if (effect instanceof Effect.WhenDurable gate) {
      return "when durable, " + of(gate.effect());
    } else if (effect instanceof Effect.Send send) {
      return send.to() + " ◄ " + of(send.message());
    } else if (effect instanceof Effect.SendEntries send) {
      return "%s ◄ AppendEntries %s after %s up to %d, commit %d"
          .formatted(send.to(), send.term(), send.previous(), send.lastIndex(), send.commitIndex());
    } else if (effect instanceof Effect.Save save) {
      var vote = save.state().votedFor().map(v -> " voted for " + v).orElse("");
      return "save " + save.state().currentTerm() + vote;
    } else if (effect instanceof Effect.Append append) {
      return "append " + positions(append.entries());
    } else if (effect instanceof Effect.TruncateFrom cut) {
      return "truncate from " + cut.index();
    } else if (effect instanceof Effect.Commit commit) {
      return "commit " + commit.index();
    } else if (effect instanceof Effect.Install install) {
      return "install " + install.lastIncluded();
    } else if (effect instanceof Effect.ConfirmRead read) {
      return "confirm read " + read.read() + " at " + read.index();
    } else if (effect instanceof Effect.SendSnapshot snapshot) {
      return snapshot.to() + " ◄ snapshot";
    }
    return effect.toString();
  }

  static String positions(List<Entry> entries) {
    return entries.stream().map(e -> e.position().toString()).collect(Collectors.joining(" "));
  }

  @Override
  public String requestPreVote(RaftMessage.RequestPreVote request) {
    return ", log ends at " + request.lastLog();
  }

  @Override
  public String preVoteReply(RaftMessage.PreVoteReply reply) {
    return reply.granted() ? ": would" : ": would not";
  }

  @Override
  public String requestVote(RaftMessage.RequestVote request) {
    return ", log ends at " + request.lastLog() + (request.handover() ? ", handover" : "");
  }

  @Override
  public String voteReply(RaftMessage.VoteReply reply) {
    return reply.granted() ? ": granted" : ": denied";
  }

  @Override
  public String appendEntries(RaftMessage.AppendEntries append) {
    var entries = append.entries().isEmpty() ? "nothing" : positions(append.entries());
    return " after " + append.previous() + ": " + entries + ", commit " + append.commitIndex();
  }

  @Override
  public String appendAccepted(RaftMessage.AppendAccepted reply) {
    return ": match " + reply.matchIndex();
  }

  @Override
  public String appendRejected(RaftMessage.AppendRejected reply) {
    return ": not after " + reply.previousIndex() + ", perhaps after " + reply.hint();
  }

  @Override
  public String heartbeat(RaftMessage.Heartbeat heartbeat) {
    return ", commit " + heartbeat.commitIndex() + ", round " + heartbeat.round();
  }

  @Override
  public String heartbeatReply(RaftMessage.HeartbeatReply reply) {
    return ", round " + reply.round();
  }

  @Override
  public String requestReadIndex(RaftMessage.RequestReadIndex request) {
    return ", read " + request.read();
  }

  @Override
  public String readIndexReply(RaftMessage.ReadIndexReply reply) {
    return ", read " + reply.read() + " at " + reply.index();
  }

  @Override
  public String timeoutNow(RaftMessage.TimeoutNow request) {
    return "";
  }

  @Override
  public String removalNotice(RaftMessage.RemovalNotice notice) {
    return ", by configuration " + notice.version();
  }

  @Override
  public String installSnapshot(RaftMessage.InstallSnapshot snapshot) {
    return ", up to " + snapshot.lastIncluded();
  }
}
