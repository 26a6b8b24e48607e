package dev.synod.zab.rules;

import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.ZabMessage.Propose;

/** A server that votes, and follows one (Zab §V-B, follower). */
public record Following(Server server, Epochs epochs, long commitIndex, long round, Tie tie)
    implements Joined {

  @Override
  public Following with(ZabLimits limits) {
    return new Following(server.with(limits), epochs, commitIndex, round, tie);
  }

  @Override
  public Following with(Server changed, Epochs known, long commit, Tie bound) {
    return new Following(changed, known, commit, round, bound);
  }

  @Override
  public PeerState state() {
    return PeerState.FOLLOWING;
  }

  /** Phase 3, follower: written in the order of the proposals, and acknowledged once durable. */
  @Override
  public Step propose(Propose message) {
    return extended(
        message.from(),
        message.epoch(),
        message.previous(),
        message.entries(),
        message.commitIndex());
  }
}
