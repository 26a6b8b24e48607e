package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Bodies of snapshots in memory, each for as long as somebody knows its snapshot: one that was
 * replaced stays readable for whoever has found it before.
 */
public final class FoundSnapshots {

  private final Map<Snapshot, Bytes> bodies = new WeakHashMap<>();

  public synchronized void put(Snapshot snapshot, Bytes body) {
    bodies.remove(snapshot); // so that this one is the key, and not an equal one of before
    bodies.put(snapshot, body);
  }

  public synchronized Optional<SnapshotReader> open(Snapshot snapshot) {
    return Optional.ofNullable(bodies.get(snapshot))
        .map(body -> new MemorySnapshotReader(snapshot, body));
  }

  public synchronized void clear() {
    bodies.clear();
  }
}
