package dev.synod.ddata;

import static dev.synod.ddata.ImportedCounts.IMPORTER;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.dots.Causal;
import dev.synod.crdt.dots.CausalContext;
import dev.synod.crdt.dots.DotMap;
import dev.synod.crdt.dots.DotStore;
import dev.synod.crdt.dots.RunList;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Sets and maps, imported once each. The dots are those of an id that is made from the content, in
 * an order by the content: wherever and however often the same is imported, it is the same delta,
 * and what was removed since stays removed. One dot more, which is known and never alive, is part
 * of each import: where it is known, something was imported before.
 */
final class ImportedContent {

  private static final Dot MARK = new Dot(IMPORTER, 1);

  /**
   * A key or an element.
   *
   * @param store made from the dot it gets
   */
  record Place<K, S extends DotStore<S>>(K key, Function<Dot, S> store) {}

  private static final class Encoded<K, S extends DotStore<S>> {
    private final Place<K, S> place;
    private final byte[] bytes;

    Encoded(Place<K, S> place, byte[] bytes) {
      this.place = place;
      this.bytes = bytes;
    }
  }

  private ImportedContent() {}

  /** Whether that value has had an import. */
  static boolean isIn(CausalContext context) {
    return context.contains(MARK);
  }

  /**
   * The delta that brings all these.
   *
   * @param codec writes such a value; equal places are written alike
   * @throws IllegalArgumentException if one of them can't be written
   */
  static <K, S extends DotStore<S>> Causal<DotMap<K, S>> of(
      List<Place<K, S>> places, Function<Causal<DotMap<K, S>>, Bytes> codec) {
    var encoded = new ArrayList<Encoded<K, S>>(places.size());
    for (var place : places) {
      var alone = new Causal<>(at(place, MARK), CausalContext.of(MARK));
      encoded.add(new Encoded<>(place, codec.apply(alone).toArray()));
    }
    encoded.sort((one, other) -> Arrays.compareUnsigned(one.bytes, other.bytes));
    var by = idOf(encoded);
    DotMap<K, S> all = DotMap.none();
    long counter = 0;
    for (var each : encoded) {
      all = all.with(each.place.key(), each.place.store().apply(new Dot(by, ++counter)));
    }
    var known = new RunList(2);
    if (counter > 0) {
      known.add(by, 1, counter);
    }
    known.add(IMPORTER, MARK.counter(), MARK.counter());
    return new Causal<>(all, known.toContext());
  }

  private static <K, S extends DotStore<S>> DotMap<K, S> at(Place<K, S> place, Dot dot) {
    return DotMap.of(place.key(), place.store().apply(dot));
  }

  /** Below the importer's. */
  private static <K, S extends DotStore<S>> ReplicaId idOf(List<Encoded<K, S>> content) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    content.forEach(each -> digest.update(each.bytes));
    int drawn = ByteBuffer.wrap(digest.digest()).getInt();
    return new ReplicaId(Math.floorMod(drawn, IMPORTER.number()));
  }
}
