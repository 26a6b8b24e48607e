package dev.synod.persistence;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.persistence.JournalRecord.Appended;
import dev.synod.persistence.JournalRecord.Compacted;
import dev.synod.persistence.JournalRecord.Described;
import dev.synod.persistence.JournalRecord.Saved;
import dev.synod.persistence.JournalRecord.Truncated;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How records become bytes. An event of the journal is an array of bytes, which Pekko stores as it
 * is, under any plugin.
 *
 * <pre>
 *   frame, as {@link Frame} makes it, of the format 1 and one of these kinds:
 *   1 appended    entries
 *   2 truncated   long index
 *   3 saved       the hard state, all the rest
 *   4 described   the description, all the rest
 *   5 compacted   long index, long term, optional hard state, optional description, entries
 *
 *   entries       int count, and for each: long index, long term, byte kind, int length, payload
 *   optional      int length, or -1 for none; bytes
 * </pre>
 */
final class RecordFormat {

  private static final byte APPENDED = 1;
  private static final byte TRUNCATED = 2;
  private static final byte SAVED = 3;
  private static final byte DESCRIBED = 4;
  private static final byte COMPACTED = 5;

  private static final int ENTRY_BYTES = 2 * Long.BYTES + 1 + Integer.BYTES;
  private static final int NONE = -1;

  private RecordFormat() {}

  static byte[] encode(JournalRecord record) {
    if (record instanceof Appended appended) {
      return Frame.of(APPENDED, sizeOf(appended.entries()), body -> put(body, appended.entries()));
    }
    if (record instanceof Truncated truncated) {
      return Frame.of(TRUNCATED, Long.BYTES, body -> body.putLong(truncated.index()));
    }
    if (record instanceof Saved saved) {
      return Frame.of(SAVED, saved.hardState().length(), saved.hardState()::writeTo);
    }
    if (record instanceof Described described) {
      return Frame.of(
          DESCRIBED, described.description().length(), described.description()::writeTo);
    }
    var compacted = (Compacted) record;
    int size =
        2 * Long.BYTES
            + sizeOf(compacted.saved())
            + sizeOf(compacted.description())
            + sizeOf(compacted.entries());
    return Frame.of(COMPACTED, size, body -> put(body, compacted));
  }

  /**
   * The inverse of {@link #encode}.
   *
   * @param place for the message of the exception, should it be damaged
   */
  static JournalRecord decode(byte[] event, String place) {
    var frame = Frame.read(event, place);
    try {
      return decode(frame);
    } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
      throw new LogException(
          LogFailure.Kind.CORRUPT, "%s: a record can't be read: %s".formatted(place, e));
    }
  }

  private static JournalRecord decode(Frame frame) {
    var body = frame.body();
    return switch (frame.kind()) {
      case APPENDED -> new Appended(entries(body));
      case TRUNCATED -> new Truncated(body.getLong());
      case SAVED -> new Saved(Bytes.copyFrom(body, body.remaining()));
      case DESCRIBED -> new Described(Bytes.copyFrom(body, body.remaining()));
      case COMPACTED ->
          new Compacted(
              new LogPosition(body.getLong(), new Term(body.getLong())),
              optional(body),
              optional(body),
              entries(body));
      default -> throw new IllegalArgumentException("its kind is " + frame.kind());
    };
  }

  private static void put(ByteBuffer body, Compacted compacted) {
    body.putLong(compacted.base().index()).putLong(compacted.base().term().number());
    put(body, compacted.saved());
    put(body, compacted.description());
    put(body, compacted.entries());
  }

  private static void put(ByteBuffer body, Optional<Bytes> value) {
    body.putInt(value.map(Bytes::length).orElse(NONE));
    value.ifPresent(bytes -> bytes.writeTo(body));
  }

  private static void put(ByteBuffer body, List<Entry> entries) {
    body.putInt(entries.size());
    for (Entry entry : entries) {
      body.putLong(entry.index()).putLong(entry.term().number()).put(entry.kind().code());
      body.putInt(entry.payload().length());
      entry.payload().writeTo(body);
    }
  }

  private static Optional<Bytes> optional(ByteBuffer body) {
    int length = body.getInt();
    return length == NONE ? Optional.empty() : Optional.of(Bytes.copyFrom(body, length));
  }

  private static List<Entry> entries(ByteBuffer body) {
    int count = body.getInt();
    var entries = new ArrayList<Entry>(Math.min(count, body.remaining() / ENTRY_BYTES));
    for (int i = 0; i < count; i++) {
      long index = body.getLong();
      var term = new Term(body.getLong());
      var kind = EntryKind.of(body.get());
      entries.add(new Entry(index, term, kind, Bytes.copyFrom(body, body.getInt())));
    }
    return entries;
  }

  private static int sizeOf(Optional<Bytes> value) {
    return Integer.BYTES + value.map(Bytes::length).orElse(0);
  }

  private static int sizeOf(List<Entry> entries) {
    int size = Integer.BYTES;
    for (Entry entry : entries) {
      size = Math.addExact(size, ENTRY_BYTES + entry.payload().length());
    }
    return size;
  }
}
