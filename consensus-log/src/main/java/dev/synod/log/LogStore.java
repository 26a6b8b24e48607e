package dev.synod.log;

import dev.synod.core.GroupId;
import dev.synod.core.StoreId;
import dev.synod.log.snapshot.Snapshots;

/**
 * Where the logs and the snapshots of a node's groups are kept: what a replica remembers its
 * promises by, and so what its identity belongs to. Safe for use by many threads; each {@link
 * GroupLog} by one at a time.
 */
public interface LogStore extends AutoCloseable {

  /**
   * The identity of this store, and of the replicas in it. As durable as they are: a store that
   * forgets its groups comes back as another one.
   */
  StoreId storeId();

  /**
   * The group's log: as recovered, or new. The same object each time.
   *
   * @throws LogException if it can't be served; the text says what to do
   */
  GroupLog group(GroupId id);

  /** The group's snapshots. */
  Snapshots snapshots(GroupId id);

  /**
   * Whether a start of the process finds nothing of what was written before, and another identity.
   * Its replicas then ask their groups to be let in again.
   */
  boolean forgets();

  /** Makes durable what was written, and gives the place back. May block. */
  @Override
  void close();
}
