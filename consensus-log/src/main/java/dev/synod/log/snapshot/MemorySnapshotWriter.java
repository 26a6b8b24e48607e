package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Gathers a snapshot in memory and gives it to its keeper as a whole. */
public final class MemorySnapshotWriter implements SnapshotWriter {

  /** Takes finished snapshots. */
  @FunctionalInterface
  public interface Keeper {

    /** Keeps that snapshot; once this returns, it is as durable as it gets. */
    void keep(Snapshot snapshot, Bytes body);
  }

  private final GroupId group;
  private final LogPosition position;
  private final Bytes metadata;
  private final String place;
  private final Keeper keeper;
  private final List<Bytes> chunks = new ArrayList<>();
  private long size;
  private boolean closed;

  /**
   * @param place what {@link Snapshot#file} will say, for messages
   */
  public MemorySnapshotWriter(
      GroupId group, LogPosition position, Bytes metadata, String place, Keeper keeper) {
    Invariants.check(position.index() > 0, "a snapshot covers something, not %s", position);
    this.group = group;
    this.position = position;
    this.metadata = metadata;
    this.place = place;
    this.keeper = keeper;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void append(Bytes chunk) {
    Invariants.check(!closed, "the snapshot of %s is finished", position);
    chunks.add(chunk);
    size += chunk.length();
  }

  @Override
  public Snapshot commit() {
    Invariants.check(!closed, "the snapshot of %s is finished", position);
    closed = true;
    var body = ByteBuffer.allocate(Math.toIntExact(size));
    chunks.forEach(chunk -> chunk.writeTo(body));
    chunks.clear();
    var snapshot = new Snapshot(group, position, metadata, size, place);
    keeper.keep(snapshot, Bytes.wrap(body.array()));
    return snapshot;
  }

  @Override
  public void abort() {
    closed = true;
    chunks.clear();
  }
}
