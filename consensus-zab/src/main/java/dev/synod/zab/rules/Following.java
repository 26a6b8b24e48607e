package dev.synod.zab.rules;

import dev.synod.zab.protocol.PeerState;

/** A server that votes, and follows one (Zab §V-B, follower). */
public record Following(Server server, Epochs epochs, long commitIndex, long round, Tie tie)
    implements Joined {

  @Override
  public Following with(ZabLimits limits) {
    return new Following(server.with(limits), epochs, commitIndex, round, tie);
  }

  @Override
  public Joined with(Server changed, Epochs known, long commit, Tie bound) {
    return Joined.of(changed, known, commit, round, bound);
  }

  @Override
  public PeerState state() {
    return PeerState.FOLLOWING;
  }
}
