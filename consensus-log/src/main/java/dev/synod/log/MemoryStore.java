package dev.synod.log;

import dev.synod.core.GroupId;
import dev.synod.core.StoreId;
import dev.synod.log.snapshot.MemorySnapshots;
import dev.synod.log.snapshot.Snapshots;
import java.util.HashMap;
import java.util.Map;

/**
 * Groups kept in memory, for as long as the process lives. A process that starts again has another
 * store, with another identity: none of its replicas can be taken for one that remembers.
 */
public final class MemoryStore implements LogStore {

  private final StoreId store;
  private final MemorySettings settings;
  private final Map<GroupId, MemoryGroupLog> groups = new HashMap<>();
  private final Map<GroupId, MemorySnapshots> snapshots = new HashMap<>();

  /**
   * @param store never used before, by any process
   */
  public MemoryStore(StoreId store, MemorySettings settings) {
    this.store = store;
    this.settings = settings;
  }

  @Override
  public StoreId storeId() {
    return store;
  }

  @Override
  public synchronized GroupLog group(GroupId id) {
    return groups.computeIfAbsent(id, group -> new MemoryGroupLog(group, settings));
  }

  @Override
  public synchronized Snapshots snapshots(GroupId id) {
    return snapshots.computeIfAbsent(id, MemorySnapshots::new);
  }

  @Override
  public boolean forgets() {
    return true;
  }

  @Override
  public void close() {
    // nothing outlives the process
  }
}
