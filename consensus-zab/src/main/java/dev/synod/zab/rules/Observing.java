package dev.synod.zab.rules;

import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.ZabMessage.Inform;

/**
 * A server that does not vote: it gets what is committed, and answers reads. What it acknowledges
 * tells its leader how much more to send, and counts for nothing.
 */
public record Observing(Server server, Epochs epochs, long commitIndex, long round, Tie tie)
    implements Joined {

  @Override
  public Observing with(ZabLimits limits) {
    return new Observing(server.with(limits), epochs, commitIndex, round, tie);
  }

  @Override
  public Observing with(Server changed, Epochs known, long commit, Tie bound) {
    return new Observing(changed, known, commit, round, bound);
  }

  @Override
  public PeerState state() {
    return PeerState.OBSERVING;
  }

  /** Phase 3, INFORM: proposal and commit in one. */
  @Override
  public Step inform(Inform message) {
    return extended(
        message.from(),
        message.epoch(),
        message.previous(),
        message.entries(),
        message.lastIndex());
  }
}
