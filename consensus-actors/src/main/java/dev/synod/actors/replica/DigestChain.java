package dev.synod.actors.replica;

import dev.synod.core.Entry;
import dev.synod.core.Outcome;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * What a replica has applied lately, and what came of it, in one number: each entry's position and
 * payload, and its outcome if it was worked out here and now. Replicas that differ in it have
 * applied something else, or come to another reply; snapshots keep it. The newest ones are
 * remembered by index, for those who compare.
 *
 * <p>It covers the block of entries at hand and the one before, and can be compared only if both
 * were applied by the same version of the state machine: two blocks after an upgrade, replicas that
 * were upgraded at different entries agree again.
 */
final class DigestChain {

  /** A power of two: more than a replica is ahead of another one that compares. */
  static final int REMEMBERED = 512;

  /** Entries in a block. */
  static final int BLOCK = 65_536;

  private final long version;
  private final int block;
  private final CRC32C crc = new CRC32C();
  private long[] recent = new long[1];
  private long first = 1;
  private long last;
  private long previous;
  private long own;
  private long comparableFrom;

  /**
   * As a snapshot keeps it.
   *
   * @param version of the state machine that applied the last entry
   * @param previous over the block before
   * @param own over the block at hand, so far
   * @param comparableFrom the entry from which on all was applied by that version
   */
  record Kept(long version, long previous, long own, long comparableFrom) {}

  /** Nothing was applied yet, and all will be by that version of the state machine. */
  DigestChain(long version, int block) {
    this.version = version;
    this.block = block;
  }

  long version() {
    return version;
  }

  Kept keep() {
    return new Kept(version, previous, own, comparableFrom);
  }

  /** After that entry, if it is one of the newest and can be compared. */
  OptionalLong at(long index) {
    return index >= Math.max(first, comparableFrom) && index <= last
        ? OptionalLong.of(recent[(int) (index % recent.length)])
        : OptionalLong.empty();
  }

  /** Goes on from a snapshot. */
  void restore(long index, Kept kept) {
    boolean isSame = kept.version() == version;
    previous = isSame ? kept.previous() : 0;
    own = isSame ? kept.own() : 0;
    comparableFrom = isSame ? kept.comparableFrom() : (index / block + 2) * block;
    recent = new long[] {Fingerprint.mix(previous, own)};
    first = index;
    last = index;
  }

  /** Adds the next entry; of a repeated request the outcome is that of long ago, and not added. */
  void add(Entry entry, Outcome<Object> outcome, boolean isFresh) {
    if (entry.index() % block == 0) {
      previous = own;
      own = 0;
    }
    crc.reset();
    entry.payload().addTo(crc);
    long next = Fingerprint.mix(own, entry.index());
    next = Fingerprint.mix(next, entry.term().number() << 8 | entry.kind().code());
    next = Fingerprint.mix(next, crc.getValue());
    own = Fingerprint.mix(next, isFresh ? of(outcome) : 0);
    remember(entry.index());
  }

  private void remember(long index) {
    if (index - first >= recent.length && recent.length < REMEMBERED) {
      var larger = Arrays.copyOf(recent, recent.length * 2);
      for (long i = first; i <= last; i++) {
        larger[(int) (i % larger.length)] = recent[(int) (i % recent.length)];
      }
      recent = larger;
    }
    recent[(int) (index % recent.length)] = Fingerprint.mix(previous, own);
    last = index;
    first = Math.max(first, index - recent.length + 1);
  }

  /** Texts are for people, and may say what only one process knows. */
  private static long of(Outcome<Object> outcome) {
    if (outcome instanceof Outcome.Ok<Object> ok) {
      return Fingerprint.mix(1, Fingerprint.of(ok.reply()));
    } else if (outcome instanceof Outcome.Rejected<Object> rejected) {
      return Fingerprint.mix(2, Fingerprint.of(rejected.reason()));
    }
    return 3;
  }
}
