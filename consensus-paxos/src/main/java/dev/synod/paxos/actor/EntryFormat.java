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
 *   version u8 | kind u8: 0 promise, 1 vote for nothing, 2 vote for bytes
 *   round i64 | proposer 2 × i64 | length of the key u16 | key, UTF-8 | the bytes, up to the end
 * </pre>
 */
final class EntryFormat {

  /** Longest key, in bytes: it is part of every entry and message. */
  static final int KEY_BYTES_MAX = 512;

  private static final byte VERSION = 1;
  private static final byte PROMISE = 0;
  private static final byte NOTHING = 1;
  private static final byte BYTES = 2;
  private static final int FIXED_BYTES = 2 + 3 * Long.BYTES + Short.BYTES;

  /** What one entry says. */
  record Keyed(String key, Written<Content> written) {}

  private EntryFormat() {}

  static Bytes encode(String key, Written<Content> written) {
    var name = Bytes.utf8(key);
    var value =
        written instanceof Written.Voted<Content> voted
            ? voted.vote().value().bytes()
            : Optional.<Bytes>empty();
    var ballot = written.ballot();
    var buffer =
        ByteBuffer.allocate(FIXED_BYTES + name.length() + value.map(Bytes::length).orElse(0));
    buffer.put(VERSION);
    buffer.put(kindOf(written));
    buffer.putLong(ballot.round());
    buffer.putLong(ballot.proposer().uuid().getMostSignificantBits());
    buffer.putLong(ballot.proposer().uuid().getLeastSignificantBits());
    buffer.putShort((short) name.length());
    name.writeTo(buffer);
    value.ifPresent(bytes -> bytes.writeTo(buffer));
    return Bytes.wrap(buffer.array());
  }

  private static byte kindOf(Written<Content> written) {
    if (!(written instanceof Written.Voted<Content> voted)) {
      return PROMISE;
    }
    return voted.vote().value().bytes().isPresent() ? BYTES : NOTHING;
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
    long round = buffer.getLong();
    require(round > 0, "an acceptor's entry of round %s", round);
    var ballot = new Ballot(round, new StoreId(new UUID(buffer.getLong(), buffer.getLong())));
    int length = Short.toUnsignedInt(buffer.getShort());
    require(
        length >= 1 && length <= KEY_BYTES_MAX && length <= buffer.remaining(),
        "an acceptor's entry with a key of %s bytes",
        length);
    String key = Bytes.copyFrom(buffer, length).asUtf8();
    var rest = payload.from(buffer.position());
    require(
        rest.length() == 0 || kind == BYTES, "an acceptor's entry of kind %s has a value", kind);
    return new Keyed(
        key,
        switch (kind) {
          case PROMISE -> new Written.Promised<>(ballot);
          case NOTHING -> new Written.Voted<>(new Vote<>(ballot, Content.NOTHING));
          case BYTES -> new Written.Voted<>(new Vote<>(ballot, Content.of(rest)));
          default ->
              throw new IllegalArgumentException("an acceptor's entry of unknown kind " + kind);
        });
  }

  private static void require(boolean holds, String text, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(text.formatted(value));
    }
  }
}
