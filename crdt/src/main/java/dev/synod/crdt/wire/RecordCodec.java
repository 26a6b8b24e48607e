package dev.synod.crdt.wire;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Anew;
import dev.synod.crdt.protocol.KeptRecord.Became;
import dev.synod.crdt.protocol.KeptRecord.Inherits;
import dev.synod.crdt.protocol.KeptRecord.Joined;
import dev.synod.crdt.protocol.KeptRecord.KeyedChange;
import dev.synod.crdt.protocol.KeptRecord.Mark;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Origin;
import dev.synod.crdt.protocol.KeptRecord.Own;
import dev.synod.crdt.protocol.KeptRecord.Stood;
import dev.synod.crdt.protocol.KeptRecord.Unsettled;

/**
 * What a replica writes down for itself, as bytes: {@code version u8 | kind u8 | the rest}, see
 * {@code FORMAT.md}.
 */
public final class RecordCodec {

  private static final int ORIGIN = 96;
  private static final int OWN = 97;
  private static final int MERGED = 98;
  private static final int STOOD = 99;
  private static final int BECAME = 100;
  private static final int ANEW = 101;
  private static final int OWN_AFTER_OTHER_SHARDS = 104;
  private static final int MERGED_AFTER_OTHER_SHARDS = 105;
  private static final int UNSETTLED = 106;
  private static final int INHERITS = 107;
  private static final int BECAME_HEIR = 108;
  private static final int VALUE_BYTES_MIN = 3;
  private static final int MARK_BYTES_MIN = 3;
  private static final int JOINED_BYTES_MIN = 5;
  private static final int CHANGE_BYTES_MIN = 2;

  private static final Codec<KeyedChange> CHANGE =
      Codec.of(
          (change, writer) -> {
            writer.text(change.key());
            writer.block(change.delta().toArray());
          },
          reader -> new KeyedChange(reader.text(), reader.block()));

  private static final Codec<Mark> MARK =
      Codec.of(
          (mark, writer) -> {
            ClockCodecs.dot().write(mark.dot(), writer);
            writer.number(mark.number());
          },
          reader -> new Mark(ClockCodecs.dot().read(reader), reader.number()));

  private static final Codec<Joined> JOINED =
      Codec.of(
          (joined, writer) -> {
            CHANGE.write(joined.change(), writer);
            writer.number(joined.last());
            writer.number(joined.checked());
            MessageCodec.writeAll(joined.written(), MARK, writer);
          },
          reader ->
              new Joined(
                  CHANGE.read(reader),
                  reader.number(),
                  reader.number(Integer.MAX_VALUE),
                  MessageCodec.readAll(MARK, MARK_BYTES_MIN, reader)));

  private RecordCodec() {}

  public static Bytes encode(KeptRecord kept) {
    var writer = new CrdtWriter();
    writer.u8(TypeCodec.VERSION);
    if (kept instanceof Own own) {
      boolean isAlone = own.elsewhere().isEmpty() && own.era() == 0;
      writer.u8(isAlone ? OWN : OWN_AFTER_OTHER_SHARDS);
      if (!isAlone) {
        ClockCodecs.token().write(own.elsewhere(), writer);
        writer.number(own.era());
      }
      write(own, writer);
    } else if (kept instanceof Merged merged) {
      boolean isAlone = merged.elsewhere().isEmpty();
      writer.u8(isAlone ? MERGED : MERGED_AFTER_OTHER_SHARDS);
      MessageCodec.writeAll(merged.values(), MessageCodec.KEYED_VALUE, writer);
      ClockCodecs.vector().write(merged.merged(), writer);
      if (!isAlone) {
        ClockCodecs.token().write(merged.elsewhere(), writer);
      }
    } else if (kept instanceof Origin origin) {
      writer.u8(ORIGIN);
      writer.number(origin.firstKept());
    } else if (kept instanceof Stood stood) {
      writer.u8(STOOD);
      StandingCodec.standing().write(stood.standing(), writer);
    } else if (kept instanceof Became became) {
      boolean isFormer = became.parts() == 0 && became.follows().isEmpty() && became.anew() == 0;
      writer.u8(isFormer ? BECAME : BECAME_HEIR);
      if (!isFormer) {
        writer.number(became.parts());
        ClockCodecs.vector().write(became.follows(), writer);
        writer.number(became.anew());
      }
      ClockCodecs.replica().write(became.self(), writer);
      StandingCodec.standing().write(became.standing(), writer);
      writer.number(became.dots());
      MessageCodec.writeAll(became.inherited(), CHANGE, writer);
    } else if (kept instanceof Anew anew) {
      writer.u8(ANEW);
      write(anew.own(), writer);
    } else if (kept instanceof Unsettled unsettled) {
      writer.u8(UNSETTLED);
      writer.number(unsettled.settled());
      MessageCodec.writeAll(unsettled.keys(), JOINED, writer);
    } else if (kept instanceof Inherits part) {
      writer.u8(INHERITS);
      MessageCodec.writeAll(part.changes(), CHANGE, writer);
    }
    return writer.toBytes();
  }

  private static void write(Own own, CrdtWriter writer) {
    writer.number(own.number());
    writer.text(own.key());
    ClockCodecs.vector().write(own.after(), writer);
    writer.block(own.delta().toArray());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it did not write that
   */
  public static KeptRecord decode(Bytes bytes) {
    var reader = new CrdtReader(bytes);
    int version = reader.u8();
    CrdtReader.require(
        version == TypeCodec.VERSION, "a record of version " + version + ": by a newer one?");
    var kept = read(reader.u8(), reader);
    CrdtReader.require(reader.remaining() == 0, "bytes follow the end of a record");
    return kept;
  }

  private static KeptRecord read(int kind, CrdtReader reader) {
    return switch (kind) {
      case ORIGIN -> new Origin(reader.number());
      case OWN -> own(reader);
      case MERGED -> merged(reader);
      case OWN_AFTER_OTHER_SHARDS -> ownAfterOthers(reader);
      case MERGED_AFTER_OTHER_SHARDS -> {
        var merged = merged(reader);
        var elsewhere = ClockCodecs.token().read(reader);
        CrdtReader.require(!elsewhere.isEmpty(), "changes of other shards that are none");
        yield new Merged(merged.values(), merged.merged(), elsewhere);
      }
      case STOOD -> new Stood(StandingCodec.standing().read(reader));
      case BECAME -> became(0, VersionVector.EMPTY, 0, reader);
      case BECAME_HEIR -> {
        int parts = reader.number(Integer.MAX_VALUE);
        var follows = ClockCodecs.vector().read(reader);
        long anew = reader.number();
        CrdtReader.require(parts > 0 || !follows.isEmpty() || anew > 0, "an heir of nothing");
        yield became(parts, follows, anew, reader);
      }
      case ANEW -> new Anew(own(reader));
      case UNSETTLED ->
          new Unsettled(reader.number(), MessageCodec.readAll(JOINED, JOINED_BYTES_MIN, reader));
      case INHERITS -> new Inherits(MessageCodec.readAll(CHANGE, CHANGE_BYTES_MIN, reader));
      default -> throw new IllegalArgumentException("a record of unknown kind " + kind);
    };
  }

  private static Became became(int parts, VersionVector follows, long anew, CrdtReader reader) {
    return new Became(
        ClockCodecs.replica().read(reader),
        StandingCodec.standing().read(reader),
        reader.number(),
        parts,
        follows,
        anew,
        MessageCodec.readAll(CHANGE, CHANGE_BYTES_MIN, reader));
  }

  private static Merged merged(CrdtReader reader) {
    return new Merged(
        MessageCodec.readAll(MessageCodec.KEYED_VALUE, VALUE_BYTES_MIN, reader),
        ClockCodecs.vector().read(reader));
  }

  private static Own ownAfterOthers(CrdtReader reader) {
    var elsewhere = ClockCodecs.token().read(reader);
    long era = reader.number();
    CrdtReader.require(era > 0, "changes of other shards before the first era");
    var own = own(reader);
    return new Own(own.number(), own.key(), own.after(), elsewhere, era, own.delta());
  }

  private static Own own(CrdtReader reader) {
    return new Own(
        reader.number(), reader.text(), ClockCodecs.vector().read(reader), reader.block());
  }
}
