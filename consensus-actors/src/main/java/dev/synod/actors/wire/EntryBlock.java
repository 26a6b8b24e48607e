package dev.synod.actors.wire;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive entries, in the last part of a message, where more blocks may follow:
 *
 * <pre>
 *   int count, then for each: long term, byte kind, int length, payload
 * </pre>
 *
 * The first one's index is known from the message, so none is written. Payloads are copied once in
 * each direction: on arrival the whole rest of the message together, and each entry then holds its
 * part of that copy.
 */
public final class EntryBlock {

  /** Of an entry without payload. */
  public static final int ENTRY_BYTES_MIN = 13;

  private EntryBlock() {}

  /**
   * Lays the entries.
   *
   * @throws IllegalArgumentException if they don't follow one another from that index on
   */
  public static void write(long firstIndex, List<Entry> entries, WireWriter out) {
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

  /**
   * The entries again.
   *
   * @throws IllegalArgumentException if they are none that rules could be given
   */
  public static List<Entry> read(long firstIndex, WireReader in) {
    int count = in.takeCount(ENTRY_BYTES_MIN);
    if (firstIndex < 1 || firstIndex > Long.MAX_VALUE - count) {
      throw new IllegalArgumentException(
          "%d entries from index %d on".formatted(count, firstIndex));
    }
    in.keepRest();
    var entries = new ArrayList<Entry>(count);
    for (int i = 0; i < count; i++) {
      var term = in.takeTerm();
      var kind = EntryKind.of(in.takeByte());
      var entry = new Entry(firstIndex + i, term, kind, in.takeBytes());
      if (kind == EntryKind.WITNESSED && entry.payload().length() > 0) {
        throw new IllegalArgumentException("a witnessed entry with a payload: " + entry.position());
      }
      if (kind == EntryKind.CONFIGURATION) {
        Configuration.decode(entry.payload()); // refuses what rules could not read
      }
      entries.add(entry);
    }
    return entries;
  }
}
