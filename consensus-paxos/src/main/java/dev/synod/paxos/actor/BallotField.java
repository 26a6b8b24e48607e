package dev.synod.paxos.actor;

import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireWriter;
import dev.synod.paxos.protocol.Ballot;

/** A ballot in a message: {@code long round, 16 bytes proposer}. */
public final class BallotField {

  /** Highest round of a ballot: the rules add one to any round that they hear of. */
  static final long ROUND_MAX = Long.MAX_VALUE / 2;

  private BallotField() {}

  public static void put(Ballot ballot, WireWriter out) {
    out.putLong(ballot.round());
    out.putStore(ballot.proposer());
  }

  /**
   * Never {@link Ballot#ZERO}, which stands for no vote.
   *
   * @throws IllegalArgumentException if its round is none that the rules could count with
   */
  public static Ballot take(WireReader in) {
    long round = in.takeLong();
    if (round < 1 || round > ROUND_MAX) {
      throw new IllegalArgumentException(
          "a ballot's round is from 1 to %d, but got %d".formatted(ROUND_MAX, round));
    }
    return new Ballot(round, in.takeStore());
  }
}
