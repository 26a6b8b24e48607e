package dev.synod.crdt.wire;

import dev.synod.core.Bytes;

/**
 * A replicated type as bytes that stand alone: {@code version u8 | kind u8 | the value}.
 *
 * @param kind which type it is; a number is never given to another type
 * @param body the value alone
 * @param <T> the type
 */
public record TypeCodec<T>(int kind, Codec<T> body) {

  /** The version that is written, and the only one that is read. */
  public static final int VERSION = 1;

  public Bytes encode(T value) {
    var writer = new CrdtWriter();
    writer.u8(VERSION);
    writer.u8(kind);
    body.write(value, writer);
    return writer.toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it did not write that
   */
  public T decode(Bytes bytes) {
    var reader = new CrdtReader(bytes);
    int version = reader.u8();
    CrdtReader.require(
        version == VERSION, "a replicated value of version " + version + ": by a newer one?");
    int found = reader.u8();
    CrdtReader.require(found == kind, "a replicated value of kind " + found + ", not " + kind);
    var value = body.read(reader);
    CrdtReader.require(reader.remaining() == 0, "bytes follow the end of a replicated value");
    return value;
  }
}
