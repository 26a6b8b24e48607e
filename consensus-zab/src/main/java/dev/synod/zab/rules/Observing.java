package dev.synod.zab.rules;

import dev.synod.zab.protocol.PeerState;

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
  public Joined with(Server changed, Epochs known, long commit, Tie bound) {
    return Joined.of(changed, known, commit, round, bound);
  }

  @Override
  public PeerState state() {
    return PeerState.OBSERVING;
  }
}
