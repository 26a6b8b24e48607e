package dev.synod.actors.primarybackup;

/**
 * The place of a transaction: it was prepared by the leader of that epoch, in its chain of that
 * number, on the state of the version before.
 *
 * @param epoch of the leader; rises with each
 * @param chain of that leader's; the next one begins where one was broken
 * @param version the state's with the transaction: so many were applied by then
 */
public record Ticket(long epoch, long chain, long version) {

  /** Of a state without transactions. */
  static final Ticket ZERO = new Ticket(0, 0, 0);

  Ticket next() {
    return new Ticket(epoch, chain, version + 1);
  }

  Ticket previous() {
    return new Ticket(epoch, chain, version - 1);
  }

  /** Whether what was prepared so is to be applied to a state which is of that ticket. */
  boolean follows(Ticket applied) {
    return version == applied.version + 1
        && (epoch > applied.epoch || (epoch == applied.epoch && chain >= applied.chain));
  }

  boolean isOfChain(Ticket other) {
    return epoch == other.epoch && chain == other.chain;
  }
}
