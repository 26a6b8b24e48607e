package dev.synod.testkit.raft;

import com.typesafe.config.Config;
import dev.synod.core.Bytes;
import dev.synod.raft.RaftSettings;
import dev.synod.raft.actor.FromPeer;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.VoteReply;
import dev.synod.raft.rules.TermState;
import dev.synod.testkit.cluster.Lens;
import dev.synod.testkit.invariant.Change;
import java.util.Map;
import java.util.Optional;

/** Raft's terms are epochs; a granted vote and an accepted append are promises. */
public final class RaftLens implements Lens {

  /**
   * A step is begun if there is room for one effect, and may add one for each voter: a candidate's
   * requests. No simulated group has more voters.
   */
  private static final int GATED_BY_ONE_STEP_MAX = 7;

  @Override
  public HardState hardState(Bytes saved) {
    var state = TermState.decode(saved);
    return new HardState(state.currentTerm().number(), state.votedFor());
  }

  @Override
  public Optional<Change> promiseOf(String node, String to, Object message) {
    if (message instanceof FromPeer peer) {
      if (peer.message() instanceof VoteReply reply && reply.granted()) {
        return Optional.of(new Change.Voted(node, reply.term().number(), to));
      } else if (peer.message() instanceof AppendAccepted accepted) {
        return Optional.of(
            new Change.Confirmed(node, accepted.term().number(), accepted.matchIndex()));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean isProtocol(Object message) {
    return message instanceof FromPeer;
  }

  @Override
  public Object spoken(Object message) {
    return message instanceof FromPeer peer ? peer.message() : message;
  }

  @Override
  public Map<String, Long> bounds(Config config) {
    var settings = RaftSettings.from(config.getConfig("synod.raft"));
    return Map.of(
        "gated-effects-max",
        (long) settings.gatedEffectsMax() - 1 + GATED_BY_ONE_STEP_MAX,
        "proposals-pending-max",
        (long) settings.proposalsPendingMax(),
        "reads-pending-max",
        (long) settings.readsPendingMax(),
        "entries-ahead-max",
        (long) settings.entriesAheadMax() + settings.entriesPerApplyMax() - 1);
  }

  @Override
  public String leading() {
    return "leader";
  }
}
