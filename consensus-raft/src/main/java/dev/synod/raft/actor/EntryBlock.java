package dev.synod.raft.actor;

import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireWriter;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Term;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive entries, at the end of a message:
 *
 * <pre>
 *   int count, then for each: long term, byte kind, int length, payload
 * </pre>
 *
 * The first one's index is known from the message, so none is written. Payloads are copied once in
 * each direction: on arrival all of them together, and each entry then holds its part of that copy.
 */
final class EntryBlock {

  /** Of an entry without payload. */
  static final int ENTRY_BYTES_MIN = 13;

  private EntryBlock() {}

  static void write(long firstIndex, List<Entry> entries, WireWriter out) {
    out.putInt(entries.size());
    long index = firstIndex;
    for (Entry entry : entries) {
      if (entry.index() != index) {
        throw new IllegalArgumentException(
            "entries follow one another, but %d stands at %d".formatted(entry.index(), index));
      }
      out.putLong(entry.term().number());
      out.putByte(entry.kind().code());
      out.putBytes(entry.payload());
      index++;
    }
  }

  static List<Entry> read(long firstIndex, WireReader in) {
    int count = in.takeCount(ENTRY_BYTES_MIN);
    if (firstIndex < 1 || firstIndex > Long.MAX_VALUE - count) {
      throw new IllegalArgumentException(
          "%d entries from index %d on".formatted(count, firstIndex));
    }
    byte[] block = in.takeRest();
    var buffer = ByteBuffer.wrap(block);
    var entries = new ArrayList<Entry>(count);
    for (int i = 0; i < count; i++) {
      long term = natural(buffer.getLong());
      var kind = EntryKind.of(buffer.get());
      var entry = new Entry(firstIndex + i, new Term(term), kind, payload(block, buffer));
      if (kind == EntryKind.WITNESSED && entry.payload().length() > 0) {
        throw new IllegalArgumentException("a witnessed entry with a payload: " + entry.position());
      }
      if (kind == EntryKind.CONFIGURATION) {
        Configuration.decode(entry.payload()); // refuses what rules could not read
      }
      entries.add(entry);
    }
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(buffer.remaining() + " bytes follow the last entry");
    }
    return entries;
  }

  private static Bytes payload(byte[] block, ByteBuffer buffer) {
    int length = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException(
          "a payload of %d bytes where %d are left".formatted(length, buffer.remaining()));
    }
    var payload = Bytes.wrap(block, buffer.position(), length);
    buffer.position(buffer.position() + length);
    return payload;
  }

  private static long natural(long term) {
    if (term < 0) {
      throw new IllegalArgumentException("a term is never negative: " + term);
    }
    return term;
  }
}
