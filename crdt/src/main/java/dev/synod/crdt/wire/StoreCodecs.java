package dev.synod.crdt.wire;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.DotFun;
import dev.synod.crdt.dots.DotMap;
import dev.synod.crdt.dots.DotSet;
import dev.synod.crdt.dots.DotStore;
import dev.synod.crdt.dots.DotValue;
import dev.synod.crdt.dots.Tally;
import dev.synod.crdt.dots.Written;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Dot stores as bytes. All is in the order of the dots, each place of a map by its first one. */
public final class StoreCodecs {

  private static final int DOT_BYTES_MIN = 2;
  private static final int TALLY_BYTES_MIN = 4;
  private static final int ENTRY_BYTES_MIN = 4; // a key, a count, a dot

  private StoreCodecs() {}

  public static Codec<DotSet> dotSet() {
    return Codec.of(
        (store, writer) -> {
          writer.number(store.dots());
          store.forEach(dot -> ClockCodecs.dot().write(dot, writer));
        },
        reader -> {
          int size = reader.count(DOT_BYTES_MIN);
          var dots = new ArrayList<Dot>(size);
          Dot before = null;
          for (int i = 0; i < size; i++) {
            before = dotAfter(before, reader);
            dots.add(before);
          }
          return DotSet.of(dots);
        });
  }

  private static Dot dotAfter(@Nullable Dot before, CrdtReader reader) {
    var dot = ClockCodecs.dot().read(reader);
    CrdtReader.require(before == null || before.compareTo(dot) < 0, "dots that do not ascend");
    return dot;
  }

  public static <V extends DotValue<V>> Codec<DotFun<V>> dotFun(Codec<V> values) {
    return Codec.of(
        (store, writer) -> {
          writer.number(store.dots());
          store.forEach(
              (Dot dot, V value) -> {
                ClockCodecs.dot().write(dot, writer);
                values.write(value, writer);
              });
        },
        reader -> {
          int size = reader.count(DOT_BYTES_MIN + 1);
          var read = new TreeMap<Dot, V>();
          Dot before = null;
          for (int i = 0; i < size; i++) {
            before = dotAfter(before, reader);
            read.put(before, values.read(reader));
          }
          return DotFun.of(read);
        });
  }

  /** What a register keeps, or an element of a {@code RemoveWinsSet}. */
  public static <T> Codec<DotFun<Written<T>>> written(Codec<T> values) {
    return dotFun(
        Codec.<Written<T>>of(
            (written, writer) -> values.write(written.value(), writer),
            reader -> new Written<>(values.read(reader))));
  }

  /** What a {@code ResettableCounter} keeps. */
  public static Codec<DotFun<Tally>> tallies() {
    return dotFun(
        Codec.<Tally>of(
            (tally, writer) -> {
              writer.number(tally.up());
              writer.number(tally.down());
              writer.number(tally.upGone());
              writer.number(tally.downGone());
            },
            reader -> {
              CrdtReader.require(
                  reader.remaining() >= TALLY_BYTES_MIN, "the bytes end within a tally");
              return new Tally(reader.number(), reader.number(), reader.number(), reader.number());
            }));
  }

  /** What a map or a set keeps. */
  public static <K, S extends DotStore<S>> Codec<DotMap<K, S>> dotMap(
      Codec<K> keys, Codec<S> stores) {
    return Codec.of(
        (map, writer) -> writeMap(map, keys, stores, writer),
        reader -> readMap(keys, stores, reader));
  }

  private record Entry<K, S>(Dot first, K key, S store) {}

  private static <K, S extends DotStore<S>> void writeMap(
      DotMap<K, S> map, Codec<K> keys, Codec<S> stores, CrdtWriter writer) {
    var entries = new ArrayList<Entry<K, S>>(map.size());
    map.forEach((K key, S store) -> entries.add(new Entry<>(firstOf(store), key, store)));
    entries.sort(Comparator.comparing(Entry::first));
    writer.number(entries.size());
    for (var entry : entries) {
      keys.write(entry.key(), writer);
      stores.write(entry.store(), writer);
    }
  }

  private static Dot firstOf(DotStore<?> store) {
    var dots = new ArrayList<Dot>(store.dots());
    store.forEach(dots::add);
    CrdtReader.require(!dots.isEmpty(), "a key without a dot");
    return java.util.Collections.min(dots);
  }

  private static <K, S extends DotStore<S>> DotMap<K, S> readMap(
      Codec<K> keys, Codec<S> stores, CrdtReader reader) {
    int size = reader.count(ENTRY_BYTES_MIN);
    DotMap<K, S> map = DotMap.none();
    Dot before = null;
    for (int i = 0; i < size; i++) {
      K key = keys.read(reader);
      S store = stores.read(reader);
      var first = firstOf(store);
      CrdtReader.require(before == null || before.compareTo(first) < 0, "keys out of order");
      map = map.with(key, store);
      before = first;
    }
    return map;
  }

  /** A store in its context; refuses dots that are alive and not known. */
  public static <S extends DotStore<S>> Codec<Causal<S>> causal(Codec<S> stores) {
    return Codec.of(
        (causal, writer) -> {
          ClockCodecs.context().write(causal.context(), writer);
          stores.write(causal.store(), writer);
        },
        reader -> {
          var context = ClockCodecs.context().read(reader);
          var store = stores.read(reader);
          store.forEach(
              dot -> CrdtReader.require(context.contains(dot), dot + " is alive but not known"));
          return new Causal<>(store, context);
        });
  }
}
