package dev.synod.log.snapshot;

import dev.synod.core.Bytes;

/** Reads a snapshot whose body is in memory. */
public record MemorySnapshotReader(Snapshot snapshot, Bytes body) implements SnapshotReader {

  @Override
  public Bytes read(long offset, int length) {
    int from = (int) Math.min(offset, body.length());
    return Bytes.wrap(body.toArray(), from, Math.min(length, body.length() - from));
  }

  @Override
  public void close() {
    // holds nothing
  }
}
