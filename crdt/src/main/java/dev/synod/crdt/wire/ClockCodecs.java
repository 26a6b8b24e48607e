package dev.synod.crdt.wire;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.HybridTime;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.dots.CausalContext;
import dev.synod.crdt.dots.RunList;

/** Replicas, dots, vectors, contexts and times as bytes. */
public final class ClockCodecs {

  private static final int VECTOR_ENTRY_BYTES_MIN = 2;
  private static final int RUN_BYTES_MIN = 3;

  private ClockCodecs() {}

  public static Codec<ReplicaId> replica() {
    return Codec.of(
        (replica, writer) -> writer.number(replica.number()),
        reader -> new ReplicaId(reader.number(Integer.MAX_VALUE)));
  }

  public static Codec<Dot> dot() {
    return Codec.of(
        (dot, writer) -> {
          writer.number(dot.replica().number());
          writer.number(dot.counter());
        },
        reader -> new Dot(replica().read(reader), reader.number()));
  }

  /** Each replica as the distance to the one before, so that most take one byte. */
  public static Codec<VersionVector> vector() {
    return Codec.of(ClockCodecs::writeVector, ClockCodecs::readVector);
  }

  private static void writeVector(VersionVector vector, CrdtWriter writer) {
    writer.number(vector.size());
    int[] before = {-1};
    vector.forEach(
        (replica, counter) -> {
          writer.number(replica.number() - before[0] - 1);
          writer.number(counter);
          before[0] = replica.number();
        });
  }

  private static VersionVector readVector(CrdtReader reader) {
    int size = reader.count(VECTOR_ENTRY_BYTES_MIN);
    var replicas = new int[size];
    var counters = new long[size];
    int before = -1;
    for (int i = 0; i < size; i++) {
      CrdtReader.require(before < Integer.MAX_VALUE, "a replica's id is too high");
      before += 1 + reader.number(Integer.MAX_VALUE - before - 1);
      replicas[i] = before;
      counters[i] = reader.number();
    }
    return VersionVector.ofAscending(replicas, counters);
  }

  /** What a session has seen: the vector of each shard. */
  public static Codec<CausalToken> token() {
    return Codec.of(
        (token, writer) -> MessageCodec.writeAll(token.shards(), vector(), writer),
        reader -> {
          var shards = MessageCodec.readAll(vector(), 1, reader);
          var token = new CausalToken(shards);
          CrdtReader.require(
              token.shards().size() == shards.size(), "a token whose last shard is empty");
          return token;
        });
  }

  /** Each run by its distance to the one before. */
  public static Codec<CausalContext> context() {
    return Codec.of(ClockCodecs::writeContext, ClockCodecs::readContext);
  }

  private static void writeContext(CausalContext context, CrdtWriter writer) {
    writer.number(context.runs());
    int[] replicaBefore = {0};
    long[] lastBefore = {-1};
    context.forEachRun(
        (replica, first, last) -> {
          boolean same = lastBefore[0] > 0 && replica.number() == replicaBefore[0];
          writer.number(replica.number() - replicaBefore[0]);
          writer.number(same ? first - lastBefore[0] - 2 : first - 1);
          writer.number(last - first);
          replicaBefore[0] = replica.number();
          lastBefore[0] = last;
        });
  }

  private static CausalContext readContext(CrdtReader reader) {
    int size = reader.count(RUN_BYTES_MIN);
    var runs = new RunList(size);
    int replica = 0;
    long last = -1;
    for (int i = 0; i < size; i++) {
      int further = reader.number(Integer.MAX_VALUE - replica);
      boolean same = i > 0 && further == 0;
      replica += further;
      long first = bounded(reader.number()) + (same ? last + 2 : 1);
      last = first + bounded(reader.number());
      runs.add(new ReplicaId(replica), first, last);
    }
    return runs.toContext();
  }

  /** So small that two of them can be added. */
  private static long bounded(long number) {
    CrdtReader.require(number <= Dot.COUNTER_MAX, "a dot's counter is too high");
    return number;
  }

  public static Codec<HybridTime> time() {
    return Codec.of(
        (time, writer) -> writer.i64(time.packed()),
        reader -> {
          long packed = reader.i64();
          CrdtReader.require(packed >= 0, "a time before 1970");
          return HybridTime.unpack(packed);
        });
  }
}
