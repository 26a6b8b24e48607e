package dev.synod.crdt.wire;

import dev.synod.core.Bytes;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Origin;
import dev.synod.crdt.protocol.KeptRecord.Own;

/**
 * What a replica writes down for itself, as bytes: {@code version u8 | kind u8 | the rest}, see
 * {@code FORMAT.md}.
 */
public final class RecordCodec {

  private static final int ORIGIN = 96;
  private static final int OWN = 97;
  private static final int MERGED = 98;
  private static final int OWN_AFTER_OTHER_SHARDS = 104;
  private static final int MERGED_AFTER_OTHER_SHARDS = 105;
  private static final int VALUE_BYTES_MIN = 3;

  private RecordCodec() {}

  public static Bytes encode(KeptRecord kept) {
    var writer = new CrdtWriter();
    writer.u8(TypeCodec.VERSION);
    if (kept instanceof Own own) {
      boolean isAlone = own.elsewhere().isEmpty() && own.era() == 0;
      writer.u8(isAlone ? OWN : OWN_AFTER_OTHER_SHARDS);
      writer.number(own.number());
      writer.text(own.key());
      ClockCodecs.vector().write(own.after(), writer);
      if (!isAlone) {
        ClockCodecs.token().write(own.elsewhere(), writer);
        writer.number(own.era());
      }
      writer.block(own.delta().toArray());
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
    }
    return writer.toBytes();
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
      case OWN ->
          new Own(
              reader.number(), reader.text(), ClockCodecs.vector().read(reader), reader.block());
      case MERGED -> readMerged(reader);
      case OWN_AFTER_OTHER_SHARDS -> readOwnAfterOthers(reader);
      case MERGED_AFTER_OTHER_SHARDS -> {
        var merged = readMerged(reader);
        var elsewhere = ClockCodecs.token().read(reader);
        CrdtReader.require(!elsewhere.isEmpty(), "changes of other shards that are none");
        yield new Merged(merged.values(), merged.merged(), elsewhere);
      }
      default -> throw new IllegalArgumentException("a record of unknown kind " + kind);
    };
  }

  private static Merged readMerged(CrdtReader reader) {
    return new Merged(
        MessageCodec.readAll(MessageCodec.KEYED_VALUE, VALUE_BYTES_MIN, reader),
        ClockCodecs.vector().read(reader));
  }

  private static Own readOwnAfterOthers(CrdtReader reader) {
    long number = reader.number();
    var key = reader.text();
    var after = ClockCodecs.vector().read(reader);
    var elsewhere = ClockCodecs.token().read(reader);
    long era = reader.number();
    CrdtReader.require(era > 0, "changes of other shards before the first era");
    return new Own(number, key, after, elsewhere, era, reader.block());
  }
}
