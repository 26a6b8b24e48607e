package dev.synod.crdt.wire;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.Standing;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A {@link Standing} as bytes; see {@code FORMAT.md}. */
public final class StandingCodec {

  private StandingCodec() {}

  public static Codec<Standing> standing() {
    return Codec.of(StandingCodec::write, StandingCodec::read);
  }

  private static void write(Standing standing, CrdtWriter writer) {
    writer.number(standing.number());
    writer.number(standing.generation());
    writer.number(standing.nextId());
    ClockCodecs.vector().write(standing.stable(), writer);
    map(Codec.text(), ClockCodecs.replica()).write(standing.members(), writer);
    replicas().write(standing.gone(), writer);
    ClockCodecs.vector().write(standing.settled(), writer);
    writer.number(standing.settledFrom());
  }

  private static Standing read(CrdtReader reader) {
    long number = reader.number();
    long generation = reader.number();
    int nextId = reader.number(Integer.MAX_VALUE);
    var stable = ClockCodecs.vector().read(reader);
    var members = map(Codec.text(), ClockCodecs.replica()).read(reader);
    var gone = replicas().read(reader);
    var settled = ClockCodecs.vector().read(reader);
    int settledFrom = reader.number(Integer.MAX_VALUE);
    return new Standing(number, generation, nextId, stable, members, gone, settled, settledFrom);
  }

  /** Replicas, ascending. */
  public static Codec<SortedSet<ReplicaId>> replicas() {
    return Codec.of(
        (replicas, writer) -> {
          writer.number(replicas.size());
          replicas.forEach(replica -> ClockCodecs.replica().write(replica, writer));
        },
        reader -> {
          var replicas = new TreeSet<ReplicaId>();
          for (int i = reader.count(1); i > 0; i--) {
            var replica = ClockCodecs.replica().read(reader);
            CrdtReader.require(
                replicas.isEmpty() || replicas.last().compareTo(replica) < 0,
                "replicas that do not ascend");
            replicas.add(replica);
          }
          return replicas;
        });
  }

  /** A map, ascending by its keys. */
  public static <K extends Comparable<K>, V> Codec<SortedMap<K, V>> map(
      Codec<K> keys, Codec<V> values) {
    return Codec.of(
        (map, writer) -> {
          writer.number(map.size());
          map.forEach(
              (key, value) -> {
                keys.write(key, writer);
                values.write(value, writer);
              });
        },
        reader -> {
          var map = new TreeMap<K, V>();
          for (int i = reader.count(2); i > 0; i--) {
            var key = keys.read(reader);
            CrdtReader.require(
                map.isEmpty() || map.lastKey().compareTo(key) < 0, "keys that do not ascend");
            map.put(key, values.read(reader));
          }
          return map;
        });
  }
}
