package dev.synod.paxos.rules;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;

/**
 * Which ballots a proposer has used (Lamport 2001, §2.5: it remembers in stable storage the highest
 * number it has tried). Not each one is written down: rounds are reserved by the block, and after a
 * restart all that were reserved count as used.
 *
 * @param used the highest round used or seen
 * @param reserved up to which its disk says that rounds are used
 * @param block how many rounds are reserved at once
 */
public record Rounds(StoreId self, long used, long reserved, int block) {

  /**
   * A ballot, and what must be durable before anybody hears of it.
   *
   * @param reserves whether {@code after.reserved()} has to be written down first
   */
  public record Next(Rounds after, Ballot ballot, boolean reserves) {}

  /** Of a proposer that starts, with what its disk says; 0 if it says nothing. */
  public static Rounds atStart(StoreId self, long reserved, int block) {
    return new Rounds(self, reserved, reserved, block);
  }

  /** Others have used that one. */
  public Rounds seen(Ballot ballot) {
    return ballot.round() > used ? new Rounds(self, ballot.round(), reserved, block) : this;
  }

  /** A ballot that nobody has used, above all that were seen. */
  public Next next() {
    var ballot = Ballot.above(new Ballot(used, self), self);
    boolean reserves = ballot.round() > reserved;
    long upTo = reserves ? Math.addExact(ballot.round(), block - 1L) : reserved;
    return new Next(new Rounds(self, ballot.round(), upTo, block), ballot, reserves);
  }
}
