package dev.synod.crdt.rules;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what a message brings, key by key, and remembers what became of it. */
final class Merging {

  private final Families families;
  private final ReplicaId from;
  private final List<Effect> effects = new ArrayList<>();
  private KeySpace keys;
  private boolean isRefused;

  Merging(Families families, KeySpace keys, ReplicaId from) {
    this.families = families;
    this.keys = keys;
    this.from = from;
  }

  /**
   * @param read what the bytes say, if that is known already
   */
  void merge(String key, VersionVector version, Bytes bytes, @Nullable Lattice<?> read) {
    var family = families.of(key);
    if (family.isEmpty()) {
      refuse(key, "the key belongs to no family");
      return;
    }
    var known = keys.get(key);
    Entry<?> entry = known == null ? family.get().first() : known;
    if (version.isPartOf(entry.version())) {
      return;
    }
    try {
      var merged = read == null ? entry.mergeBytes(bytes, version) : entry.mergeRead(read, version);
      keys = keys.with(key, merged);
      effects.add(new Effect.Merged(new KeyedValue(key, version, bytes)));
      effects.add(new Effect.Changed(key));
    } catch (IllegalArgumentException e) {
      refuse(key, String.valueOf(e.getMessage()));
    }
  }

  private void refuse(String key, String reason) {
    isRefused = true;
    effects.add(new Effect.Refused(from, key, reason));
  }

  KeySpace keys() {
    return keys;
  }

  /** Whether anything had to be left out. */
  boolean isRefused() {
    return isRefused;
  }

  /** What became of it, to be added to. */
  List<Effect> effects() {
    return effects;
  }
}
