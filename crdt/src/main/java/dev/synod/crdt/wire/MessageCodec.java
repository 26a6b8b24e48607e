package dev.synod.crdt.wire;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.protocol.ReplicationMessage.KeyVersion;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedDelta;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.ReplicationMessage.LeafVersions;
import dev.synod.crdt.protocol.ReplicationMessage.NodeSum;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Messages between replicas as bytes: {@code version u8 | kind u8 | sender | the rest}, see {@code
 * FORMAT.md}.
 */
public final class MessageCodec {

  private static final int DELTAS = 64;
  private static final int ACKNOWLEDGED = 65;
  private static final int TRIMMED = 66;
  private static final int ASK = 67;
  private static final int TOLD = 68;
  private static final int FETCH = 69;
  private static final int FETCHED = 70;
  private static final int DELTAS_AFTER_OTHER_SHARDS = 71;
  private static final int TOLD_AFTER_OTHER_SHARDS = 72;
  private static final int INTERVALS = 73;

  private static final Codec<VersionVector> VECTOR = ClockCodecs.vector();
  private static final Codec<CausalToken> TOKEN = ClockCodecs.token();

  private static final Codec<KeyedDelta> KEYED_DELTA =
      Codec.of(
          (delta, writer) -> {
            writer.text(delta.key());
            writer.number(delta.number());
            writer.block(delta.delta());
          },
          reader -> new KeyedDelta(reader.text(), reader.number(), reader.block()));

  private static final Codec<KeyVersion> KEY_VERSION =
      Codec.of(
          (version, writer) -> {
            writer.text(version.key());
            VECTOR.write(version.version(), writer);
          },
          reader -> new KeyVersion(reader.text(), VECTOR.read(reader)));

  private static final Codec<LeafVersions> LEAF_VERSIONS =
      Codec.of(
          (leaf, writer) -> {
            writer.number(leaf.leaf());
            writeAll(leaf.versions(), KEY_VERSION, writer);
          },
          reader ->
              new LeafVersions(reader.number(Integer.MAX_VALUE), readAll(KEY_VERSION, 2, reader)));

  private static final Codec<NodeSum> NODE_SUM =
      Codec.of(
          (sum, writer) -> {
            writer.number(sum.node());
            writer.i64(sum.sum());
          },
          reader -> new NodeSum(reader.number(Integer.MAX_VALUE), reader.i64()));

  static final Codec<KeyedValue> KEYED_VALUE =
      Codec.of(
          (value, writer) -> {
            writer.text(value.key());
            VECTOR.write(value.version(), writer);
            writer.block(value.value());
          },
          reader -> new KeyedValue(reader.text(), VECTOR.read(reader), reader.block()));

  private static final Codec<Integer> NODE =
      Codec.of((node, writer) -> writer.number(node), reader -> reader.number(Integer.MAX_VALUE));

  private MessageCodec() {}

  static <T> void writeAll(List<T> all, Codec<T> codec, CrdtWriter writer) {
    writer.number(all.size());
    all.forEach(one -> codec.write(one, writer));
  }

  static <T> List<T> readAll(Codec<T> codec, int bytesEach, CrdtReader reader) {
    int size = reader.count(bytesEach);
    var all = new ArrayList<T>(size);
    for (int i = 0; i < size; i++) {
      all.add(codec.read(reader));
    }
    return all;
  }

  public static Bytes encode(ReplicationMessage message) {
    var writer = new CrdtWriter();
    message.to(new Writing(writer, message.from()));
    return writer.toBytes();
  }

  /** Writes any message. */
  private record Writing(CrdtWriter writer, ReplicaId from)
      implements ReplicationMessage.Receiver<CrdtWriter> {

    private CrdtWriter head(int kind) {
      writer.u8(TypeCodec.VERSION);
      writer.u8(kind);
      ClockCodecs.replica().write(from, writer);
      return writer;
    }

    @Override
    public CrdtWriter deltas(Deltas message) {
      boolean isAlone = message.elsewhere().isEmpty();
      head(isAlone ? DELTAS : DELTAS_AFTER_OTHER_SHARDS).number(message.first());
      writer.number(message.last() - message.first());
      VECTOR.write(message.after(), writer);
      if (!isAlone) {
        TOKEN.write(message.elsewhere(), writer);
      }
      writeAll(message.deltas(), KEYED_DELTA, writer);
      return writer;
    }

    @Override
    public CrdtWriter intervals(Intervals message) {
      head(INTERVALS).number(message.intervals().get(0).first());
      writer.number(message.intervals().size());
      for (var interval : message.intervals()) {
        writer.number(interval.last() - interval.first());
        VECTOR.write(interval.after(), writer);
        TOKEN.write(interval.elsewhere(), writer);
        writeAll(interval.deltas(), KEYED_DELTA, writer);
      }
      return writer;
    }

    @Override
    public CrdtWriter acknowledged(Acknowledged message) {
      head(ACKNOWLEDGED).number(message.upTo());
      Codec.yesOrNo().write(message.isGap(), writer);
      return writer;
    }

    @Override
    public CrdtWriter trimmed(Trimmed message) {
      head(TRIMMED).number(message.first());
      return writer;
    }

    @Override
    public CrdtWriter ask(Ask message) {
      head(ASK).number(message.session());
      writeAll(message.nodes(), NODE, writer);
      writeAll(message.leaves(), LEAF_VERSIONS, writer);
      return writer;
    }

    @Override
    public CrdtWriter told(Told message) {
      boolean isAlone = message.elsewhere().isEmpty();
      head(isAlone ? TOLD : TOLD_AFTER_OTHER_SHARDS).number(message.session());
      VECTOR.write(message.upTo(), writer);
      if (!isAlone) {
        TOKEN.write(message.elsewhere(), writer);
      }
      writeAll(message.sums(), NODE_SUM, writer);
      writeAll(message.values(), KEYED_VALUE, writer);
      writeAll(message.answered(), NODE, writer);
      return writer;
    }

    @Override
    public CrdtWriter fetch(Fetch message) {
      head(FETCH).number(message.request());
      writer.text(message.key());
      VECTOR.write(message.version(), writer);
      return writer;
    }

    @Override
    public CrdtWriter fetched(Fetched message) {
      head(FETCHED).number(message.request());
      Codec.yesOrNo().write(message.value().isPresent(), writer);
      message.value().ifPresent(value -> KEYED_VALUE.write(value, writer));
      return writer;
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it did not write that
   */
  public static ReplicationMessage decode(Bytes bytes) {
    var reader = new CrdtReader(bytes);
    int version = reader.u8();
    CrdtReader.require(
        version == TypeCodec.VERSION, "a message of version " + version + ": by a newer one?");
    int kind = reader.u8();
    var message = read(kind, ClockCodecs.replica().read(reader), reader);
    CrdtReader.require(reader.remaining() == 0, "bytes follow the end of a message");
    return message;
  }

  private static ReplicationMessage read(int kind, ReplicaId from, CrdtReader reader) {
    return switch (kind) {
      case DELTAS -> readDeltas(from, false, reader);
      case DELTAS_AFTER_OTHER_SHARDS -> readDeltas(from, true, reader);
      case INTERVALS -> readIntervals(from, reader);
      case ACKNOWLEDGED -> new Acknowledged(from, reader.number(), Codec.yesOrNo().read(reader));
      case TRIMMED -> new Trimmed(from, reader.number());
      case ASK ->
          new Ask(
              from, reader.number(), readAll(NODE, 1, reader), readAll(LEAF_VERSIONS, 2, reader));
      case TOLD -> readTold(from, false, reader);
      case TOLD_AFTER_OTHER_SHARDS -> readTold(from, true, reader);
      case FETCH -> new Fetch(from, reader.number(), reader.text(), VECTOR.read(reader));
      case FETCHED ->
          new Fetched(
              from,
              reader.number(),
              Codec.yesOrNo().read(reader)
                  ? Optional.of(KEYED_VALUE.read(reader))
                  : Optional.empty());
      default -> throw new IllegalArgumentException("a message of unknown kind " + kind);
    };
  }

  private static CausalToken elsewhere(boolean isNamed, CrdtReader reader) {
    var elsewhere = isNamed ? TOKEN.read(reader) : CausalToken.NONE;
    CrdtReader.require(isNamed != elsewhere.isEmpty(), "changes of other shards that are none");
    return elsewhere;
  }

  private static Told readTold(ReplicaId from, boolean isAfterOthers, CrdtReader reader) {
    return new Told(
        from,
        reader.number(),
        VECTOR.read(reader),
        elsewhere(isAfterOthers, reader),
        readAll(NODE_SUM, 9, reader),
        readAll(KEYED_VALUE, 3, reader),
        readAll(NODE, 1, reader));
  }

  private static Deltas readDeltas(ReplicaId from, boolean isAfterOthers, CrdtReader reader) {
    long first = reader.number();
    long last = readLast(first, reader);
    var after = VECTOR.read(reader);
    var elsewhere = elsewhere(isAfterOthers, reader);
    return new Deltas(from, first, last, after, elsewhere, readDeltas(first, last, reader));
  }

  private static long readLast(long first, CrdtReader reader) {
    long length = reader.number();
    CrdtReader.require(
        first <= Dot.COUNTER_MAX && length <= Dot.COUNTER_MAX - first,
        "an interval of changes beyond the last one that there can be");
    return first + length;
  }

  private static List<KeyedDelta> readDeltas(long first, long last, CrdtReader reader) {
    var deltas = readAll(KEYED_DELTA, 3, reader);
    CrdtReader.require(
        deltas.stream().allMatch(it -> first <= it.number() && it.number() <= last),
        "a change that is not of its interval");
    return deltas;
  }

  private static Intervals readIntervals(ReplicaId from, CrdtReader reader) {
    long first = reader.number();
    int count = reader.count(4);
    CrdtReader.require(count <= Intervals.COUNT_MAX, "more intervals than go in one message");
    var intervals = new ArrayList<Deltas>(count);
    for (int i = 0; i < count; i++) {
      long last = readLast(first, reader);
      var after = VECTOR.read(reader);
      var elsewhere = TOKEN.read(reader);
      intervals.add(
          new Deltas(from, first, last, after, elsewhere, readDeltas(first, last, reader)));
      first = last + 1;
    }
    return new Intervals(intervals);
  }
}
