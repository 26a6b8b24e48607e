package dev.synod.paxos.actor.multi;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.paxos.protocol.Ballot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How votes become the payload of an entry of the node's log: those of consecutive slots, given
 * together, are one. Part of the disk format: version 1 is
 *
 * <pre>
 *   version u8 | what u8: 0 votes, 1 what was chosen | chosen i64 | first slot i64 | count i32
 *   ballot, of votes only: round i64, proposer 2 × i64
 *   then for each slot: term i64 | kind u8 | length i32 | payload
 * </pre>
 *
 * {@code chosen} is up to where the replica knew all slots to be chosen when it wrote that. The
 * promise is the group's hard state, beside up to where slots were given up for a snapshot: {@code
 * version u8 | compacted i64 | round i64 | proposer 2 × i64}, without the last two before the first
 * promise.
 */
public final class SlotFormat {

  /** Beside the payloads of one record. */
  static final int RECORD_BYTES_MAX = 2 + 2 * Long.BYTES + Integer.BYTES + 3 * Long.BYTES;

  /** Of a slot, beside its payload. */
  static final int SLOT_BYTES = Long.BYTES + 1 + Integer.BYTES;

  private static final byte VERSION = 1;
  private static final byte VOTES = 0;
  private static final byte CHOSEN = 1;
  private static final int BALLOT_BYTES = 3 * Long.BYTES;

  /**
   * What one record says.
   *
   * @param ballot {@link Ballot#ZERO} if these were chosen, whoever voted for them
   * @param entries of consecutive slots, at least one
   */
  record Written(Ballot ballot, long chosen, List<Entry> entries) {

    boolean isChosen() {
      return ballot.equals(Ballot.ZERO);
    }
  }

  /**
   * What an acceptor must know for ever.
   *
   * @param promised nothing below is accepted
   * @param compacted votes in slots up to there may be gone, as a snapshot covers them
   */
  record Kept(Ballot promised, long compacted) {

    static final Kept NOTHING = new Kept(Ballot.ZERO, 0);

    Kept promising(Ballot ballot) {
      return new Kept(ballot, compacted);
    }

    Kept compactedTo(long slot) {
      return new Kept(promised, slot);
    }
  }

  private SlotFormat() {}

  /** What a slot takes of a record. */
  static long bytesOf(Entry entry) {
    return (long) SLOT_BYTES + entry.payload().length();
  }

  static Bytes encode(Written written) {
    long bytes = RECORD_BYTES_MAX;
    for (Entry entry : written.entries()) {
      bytes += bytesOf(entry);
    }
    var buffer = ByteBuffer.allocate(Math.toIntExact(bytes));
    buffer.put(VERSION);
    buffer.put(written.isChosen() ? CHOSEN : VOTES);
    buffer.putLong(written.chosen());
    buffer.putLong(written.entries().get(0).index());
    buffer.putInt(written.entries().size());
    if (!written.isChosen()) {
      put(written.ballot(), buffer);
    }
    for (Entry entry : written.entries()) {
      buffer.putLong(entry.term().number());
      buffer.put(entry.kind().code());
      buffer.putInt(entry.payload().length());
      entry.payload().writeTo(buffer);
    }
    return Bytes.wrap(buffer.array(), 0, buffer.position());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it did not write that
   */
  static Written decode(Bytes payload) {
    var buffer = payload.asBuffer();
    require(buffer.remaining() >= RECORD_BYTES_MAX - BALLOT_BYTES, "a record of %s", payload);
    byte version = buffer.get();
    require(version == VERSION, "a record of version %s: written by a newer one?", version);
    byte what = buffer.get();
    require(what == VOTES || what == CHOSEN, "a record of unknown kind %s", what);
    long chosen = buffer.getLong();
    long first = buffer.getLong();
    int count = buffer.getInt();
    require(chosen >= 0, "a record after %s chosen slots", chosen);
    require(
        first >= 1 && count >= 1 && count <= buffer.remaining() / SLOT_BYTES,
        "a record of %s slots",
        count);
    var ballot = what == VOTES ? ballot(buffer) : Ballot.ZERO;
    var entries = new ArrayList<Entry>(count);
    for (int i = 0; i < count; i++) {
      require(buffer.remaining() >= SLOT_BYTES, "a record that ends before slot %s", first + i);
      long term = buffer.getLong();
      require(term > 0, "a slot of term %s", term);
      var kind = EntryKind.of(buffer.get());
      int length = buffer.getInt();
      require(length >= 0 && length <= buffer.remaining(), "a slot of %s bytes", length);
      var value = payload.part(buffer.position(), length);
      buffer.position(buffer.position() + length);
      entries.add(new Entry(first + i, new Term(term), kind, value));
    }
    require(!buffer.hasRemaining(), "a record with %s bytes more", buffer.remaining());
    return new Written(ballot, chosen, entries);
  }

  static Bytes encode(Kept kept) {
    boolean isFree = kept.promised().equals(Ballot.ZERO);
    var buffer = ByteBuffer.allocate(1 + Long.BYTES + (isFree ? 0 : BALLOT_BYTES));
    buffer.put(VERSION);
    buffer.putLong(kept.compacted());
    if (!isFree) {
      put(kept.promised(), buffer);
    }
    return Bytes.wrap(buffer.array());
  }

  /**
   * The promise in what was saved; {@link Ballot#ZERO} if nothing was promised yet.
   *
   * @throws IllegalArgumentException if that is no such thing
   */
  public static Ballot decodePromise(Bytes saved) {
    return decodeKept(saved).promised();
  }

  /**
   * Reads what must be known for ever.
   *
   * @throws IllegalArgumentException if that is no such thing
   */
  static Kept decodeKept(Bytes saved) {
    var buffer = saved.asBuffer();
    int length = buffer.remaining();
    require(
        length == 1 + Long.BYTES || length == 1 + Long.BYTES + BALLOT_BYTES,
        "a promise in %s bytes: written by a newer version?",
        length);
    byte version = buffer.get();
    require(version == VERSION, "a promise of version %s: written by a newer one?", version);
    long compacted = buffer.getLong();
    require(compacted >= 0, "a log without the slots up to %s", compacted);
    return new Kept(buffer.hasRemaining() ? ballot(buffer) : Ballot.ZERO, compacted);
  }

  private static void put(Ballot ballot, ByteBuffer buffer) {
    buffer.putLong(ballot.round());
    buffer.putLong(ballot.proposer().uuid().getMostSignificantBits());
    buffer.putLong(ballot.proposer().uuid().getLeastSignificantBits());
  }

  private static Ballot ballot(ByteBuffer buffer) {
    require(buffer.remaining() >= BALLOT_BYTES, "a ballot in %s bytes", buffer.remaining());
    long round = buffer.getLong();
    require(round > 0, "a ballot of round %s", round);
    return new Ballot(round, new StoreId(new UUID(buffer.getLong(), buffer.getLong())));
  }

  private static void require(boolean holds, String text, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(text.formatted(value));
    }
  }
}
