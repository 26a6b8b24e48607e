package dev.synod.crdt.wire;

import dev.synod.core.Bytes;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.GCounter;
import dev.synod.crdt.GSet;
import dev.synod.crdt.LwwRegister;
import dev.synod.crdt.Max;
import dev.synod.crdt.Min;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.Transfer;
import dev.synod.crdt.TwoPhaseSet;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.PersistentMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The types without dots as bytes. */
public final class PlainCodecs {

  private static final int TRANSFER_BYTES_MIN = 3;

  private PlainCodecs() {}

  public static TypeCodec<GCounter> gCounter() {
    return new TypeCodec<>(
        1,
        Codec.of(
            (counter, writer) -> ClockCodecs.vector().write(counter.counts(), writer),
            reader -> new GCounter(ClockCodecs.vector().read(reader))));
  }

  public static TypeCodec<PnCounter> pnCounter() {
    Codec<VersionVector> counts = ClockCodecs.vector();
    return new TypeCodec<>(
        2,
        Codec.of(
            (counter, writer) -> {
              counts.write(counter.added(), writer);
              counts.write(counter.subtracted(), writer);
            },
            reader -> new PnCounter(counts.read(reader), counts.read(reader))));
  }

  public static TypeCodec<BoundedCounter> boundedCounter() {
    return new TypeCodec<>(3, Codec.of(PlainCodecs::writeBounded, PlainCodecs::readBounded));
  }

  private static void writeBounded(BoundedCounter counter, CrdtWriter writer) {
    writer.i64(counter.minimum());
    writer.number(counter.rights().size());
    counter
        .rights()
        .forEach(
            (transfer, amount) -> {
              ClockCodecs.replica().write(transfer.from(), writer);
              ClockCodecs.replica().write(transfer.to(), writer);
              writer.number(amount);
            });
    ClockCodecs.vector().write(counter.used(), writer);
  }

  private static BoundedCounter readBounded(CrdtReader reader) {
    long minimum = reader.i64();
    int size = reader.count(TRANSFER_BYTES_MIN);
    var rights = new TreeMap<Transfer, Long>();
    for (int i = 0; i < size; i++) {
      var from = ClockCodecs.replica().read(reader);
      var transfer = new Transfer(from, ClockCodecs.replica().read(reader));
      CrdtReader.require(
          rights.isEmpty() || rights.lastKey().compareTo(transfer) < 0,
          "transfers that do not ascend");
      rights.put(transfer, reader.number());
    }
    return new BoundedCounter(minimum, rights, ClockCodecs.vector().read(reader));
  }

  public static <V> TypeCodec<LwwRegister<V>> lwwRegister(Codec<V> values) {
    Codec<LwwRegister.Write<V>> writes =
        Codec.of(
            (write, writer) -> {
              ClockCodecs.time().write(write.time(), writer);
              ClockCodecs.replica().write(write.by(), writer);
              values.write(write.value(), writer);
            },
            reader ->
                new LwwRegister.Write<>(
                    ClockCodecs.time().read(reader),
                    ClockCodecs.replica().read(reader),
                    values.read(reader)));
    return new TypeCodec<>(
        5,
        Codec.of(
            (register, writer) -> optional(writes).write(register.last(), writer),
            reader -> new LwwRegister<>(optional(writes).read(reader))));
  }

  private static <T> Codec<Optional<T>> optional(Codec<T> values) {
    return Codec.of(
        (value, writer) -> {
          Codec.yesOrNo().write(value.isPresent(), writer);
          value.ifPresent(it -> values.write(it, writer));
        },
        reader ->
            Codec.yesOrNo().read(reader) ? Optional.of(values.read(reader)) : Optional.empty());
  }

  public static <E> TypeCodec<GSet<E>> gSet(Codec<E> elements) {
    return new TypeCodec<>(9, elementsOf(elements));
  }

  public static <E> TypeCodec<TwoPhaseSet<E>> twoPhaseSet(Codec<E> elements) {
    var sets = elementsOf(elements);
    return new TypeCodec<>(
        10,
        Codec.of(
            (set, writer) -> {
              sets.write(set.added(), writer);
              sets.write(set.removed(), writer);
            },
            reader -> new TwoPhaseSet<>(sets.read(reader), sets.read(reader))));
  }

  /** Elements in the order of their bytes. */
  private static <E> Codec<GSet<E>> elementsOf(Codec<E> elements) {
    return Codec.of(
        (set, writer) -> {
          var encoded = new ArrayList<byte[]>(set.size());
          set.members().forEach((element, yes) -> encoded.add(elements.encode(element).toArray()));
          encoded.sort(Arrays::compareUnsigned);
          writer.number(encoded.size());
          encoded.forEach(writer::raw);
        },
        reader -> {
          int size = reader.count(1);
          var members = PersistentMap.<E, Boolean>empty();
          @Nullable Bytes before = null;
          for (int i = 0; i < size; i++) {
            int start = reader.position();
            members = members.with(elements.read(reader), Boolean.TRUE);
            var read = reader.since(start);
            CrdtReader.require(
                before == null || Arrays.compareUnsigned(before.toArray(), read.toArray()) < 0,
                "elements that do not ascend");
            before = read;
          }
          CrdtReader.require(members.size() == size, "one element twice");
          return new GSet<>(members);
        });
  }

  public static <V extends Comparable<? super V>> TypeCodec<Max<V>> max(Codec<V> values) {
    return new TypeCodec<>(
        14,
        Codec.of(
            (max, writer) -> optional(values).write(max.value(), writer),
            reader -> new Max<V>(optional(values).read(reader))));
  }

  public static <V extends Comparable<? super V>> TypeCodec<Min<V>> min(Codec<V> values) {
    return new TypeCodec<>(
        15,
        Codec.of(
            (min, writer) -> optional(values).write(min.value(), writer),
            reader -> new Min<V>(optional(values).read(reader))));
  }
}
