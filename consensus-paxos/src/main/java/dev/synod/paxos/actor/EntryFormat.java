package dev.synod.paxos.actor;

import dev.synod.core.Bytes;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Written;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * How an acceptor's promises and acceptances become the payload of an entry. Part of the disk
 * format: version 1 is
 *
 * <pre>
 *   version u8 | kind u8: 0 promise, 1 vote for nothing, 2 vote for bytes,
 *                         3 promise after a vote for nothing, 4 promise after a vote for bytes
 *   round i64 | proposer 2 × i64 | length of the key u16 | key, UTF-8
 *   with kind 3 and 4, of the vote: round i64 | proposer 2 × i64
 *   the bytes, up to the end
 * </pre>
 */
final class EntryFormat {

  /** Longest key, in bytes: it is part of every entry and message. */
  static final int KEY_BYTES_MAX = 512;

  private static final byte VERSION = 1;
  private static final byte PROMISE = 0;
  private static final byte NOTHING = 1;
  private static final byte BYTES = 2;
  private static final byte KEPT_NOTHING = 3;
  private static final byte KEPT_BYTES = 4;
  private static final int BALLOT_BYTES = 3 * Long.BYTES;
  private static final int FIXED_BYTES = 2 + BALLOT_BYTES + Short.BYTES;

  /** What one entry says. */
  record Keyed(String key, Written<Content> written) {}

  private EntryFormat() {}

  /** Bytes that a key takes; -1 if it has half a surrogate, so that another one would be read. */
  static int lengthOf(String key) {
    int length = 0;
    for (int i = 0; i < key.length(); i++) {
      int point = key.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        return -1;
      }
      boolean isPair = Character.isSupplementaryCodePoint(point);
      length += isPair ? 4 : point < 0x80 ? 1 : point < 0x800 ? 2 : 3;
      i += isPair ? 1 : 0;
    }
    return length;
  }

  static Bytes encode(String key, Written<Content> written) {
    var name = Bytes.utf8(key);
    var value = voteOf(written).flatMap(vote -> vote.value().bytes());
    boolean isKept = written instanceof Written.Kept;
    var buffer =
        ByteBuffer.allocate(
            FIXED_BYTES
                + name.length()
                + (isKept ? BALLOT_BYTES : 0)
                + value.map(Bytes::length).orElse(0));
    buffer.put(VERSION);
    buffer.put(kindOf(written));
    putBallot(written.ballot(), buffer);
    buffer.putShort((short) name.length());
    name.writeTo(buffer);
    if (written instanceof Written.Kept<Content> kept) {
      putBallot(kept.vote().ballot(), buffer);
    }
    value.ifPresent(bytes -> bytes.writeTo(buffer));
    return Bytes.wrap(buffer.array());
  }

  private static Optional<Vote<Content>> voteOf(Written<Content> written) {
    if (written instanceof Written.Kept<Content> kept) {
      return Optional.of(kept.vote());
    }
    return written instanceof Written.Voted<Content> voted
        ? Optional.of(voted.vote())
        : Optional.empty();
  }

  private static byte kindOf(Written<Content> written) {
    var vote = voteOf(written);
    if (vote.isEmpty()) {
      return PROMISE;
    }
    boolean hasBytes = vote.get().value().bytes().isPresent();
    if (written instanceof Written.Kept) {
      return hasBytes ? KEPT_BYTES : KEPT_NOTHING;
    }
    return hasBytes ? BYTES : NOTHING;
  }

  private static void putBallot(Ballot ballot, ByteBuffer buffer) {
    buffer.putLong(ballot.round());
    buffer.putLong(ballot.proposer().uuid().getMostSignificantBits());
    buffer.putLong(ballot.proposer().uuid().getLeastSignificantBits());
  }

  private static Ballot takeBallot(ByteBuffer buffer) {
    long round = buffer.getLong();
    require(round > 0, "an acceptor's entry of round %s", round);
    return new Ballot(round, new StoreId(new UUID(buffer.getLong(), buffer.getLong())));
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it did not write that
   */
  static Keyed decode(Bytes payload) {
    var buffer = payload.asBuffer();
    require(buffer.remaining() >= FIXED_BYTES, "an acceptor's entry of %s is too short", payload);
    byte version = buffer.get();
    require(
        version == VERSION, "an acceptor's entry of version %s: written by a newer one?", version);
    byte kind = buffer.get();
    require(kind >= PROMISE && kind <= KEPT_BYTES, "an acceptor's entry of unknown kind %s", kind);
    var ballot = takeBallot(buffer);
    int length = Short.toUnsignedInt(buffer.getShort());
    require(
        length >= 1 && length <= KEY_BYTES_MAX && length <= buffer.remaining(),
        "an acceptor's entry with a key of %s bytes",
        length);
    String key = Bytes.copyFrom(buffer, length).asUtf8();
    return new Keyed(key, written(kind, ballot, buffer));
  }

  private static Written<Content> written(byte kind, Ballot ballot, ByteBuffer rest) {
    boolean isKept = kind == KEPT_NOTHING || kind == KEPT_BYTES;
    require(
        !isKept || rest.remaining() >= BALLOT_BYTES,
        "an acceptor's entry ends %s bytes after its key",
        rest.remaining());
    var given = isKept ? takeBallot(rest) : ballot;
    boolean hasBytes = kind == BYTES || kind == KEPT_BYTES;
    require(hasBytes || !rest.hasRemaining(), "an acceptor's entry of kind %s has a value", kind);
    if (kind == PROMISE) {
      return new Written.Promised<>(ballot);
    }
    var content = hasBytes ? Content.of(Bytes.copyFrom(rest, rest.remaining())) : Content.NOTHING;
    var vote = new Vote<>(given, content);
    return isKept ? new Written.Kept<>(ballot, vote) : new Written.Voted<>(vote);
  }

  private static void require(boolean holds, String text, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(text.formatted(value));
    }
  }
}
