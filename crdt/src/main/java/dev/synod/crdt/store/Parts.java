package dev.synod.crdt.store;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Term;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records as entries of a log: {@code 1 if another part follows, else 0 u8 | a part}. A record
 * counts once its last part is there, so it is there as a whole or not at all.
 */
final class Parts {

  private static final Term TERM = new Term(1);
  private static final byte LAST = 0;
  private static final byte MORE = 1;

  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private long firstIndex;

  /**
   * The entries of a record.
   *
   * @param first the index of the first one
   * @param entryBytesMax how many bytes an entry may have
   */
  static List<Entry> of(Bytes kept, long first, int entryBytesMax) {
    int partMax = entryBytesMax - 1;
    var entries = new ArrayList<Entry>();
    int at = 0;
    do {
      int length = Math.min(partMax, kept.length() - at);
      boolean isLast = at + length == kept.length();
      byte[] payload = new byte[length + 1];
      payload[0] = isLast ? LAST : MORE;
      System.arraycopy(kept.part(at, length).toArray(), 0, payload, 1, length);
      entries.add(new Entry(first + entries.size(), TERM, EntryKind.COMMAND, Bytes.wrap(payload)));
      at += length;
    } while (at < kept.length());
    return entries;
  }

  /**
   * Takes the next entry; the record, if it was the last part of one.
   *
   * @throws IllegalArgumentException if that is no part
   */
  Optional<Bytes> take(Entry entry) {
    var payload = entry.payload();
    if (payload.length() == 0 || payload.at(0) < LAST || payload.at(0) > MORE) {
      throw new IllegalArgumentException("it is no part of a record");
    }
    boolean isLast = payload.at(0) == LAST;
    if (isLast && begun.size() == 0) {
      return Optional.of(payload.from(1));
    }
    if (begun.size() == 0) {
      firstIndex = entry.index();
    }
    begun.writeBytes(payload.from(1).toArray());
    if (!isLast) {
      return Optional.empty();
    }
    var whole = Bytes.wrap(begun.toByteArray());
    begun.reset();
    return Optional.of(whole);
  }

  /** Where the record begins whose last part has not come, if there is one. */
  Optional<Long> unfinished() {
    return begun.size() == 0 ? Optional.empty() : Optional.of(firstIndex);
  }
}
