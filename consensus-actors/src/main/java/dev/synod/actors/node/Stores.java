package dev.synod.actors.node;

import dev.synod.actors.Storage;
import dev.synod.core.GroupId;
import dev.synod.log.LogStore;
import dev.synod.log.snapshot.Snapshots;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The stores of one node, each opened when it is first needed, and which group is in which. Safe
 * for use by many threads.
 */
final class Stores {

  private final Storage.Site site;
  private final Map<Storage, LogStore> open = new LinkedHashMap<>();
  private final Map<GroupId, LogStore> homes = new HashMap<>();
  private boolean closed;

  Stores(Storage.Site site) {
    this.site = site;
  }

  synchronized LogStore of(Storage storage) {
    var store = open.get(storage);
    if (store == null && closed) {
      throw new IllegalStateException("the node has stopped");
    }
    if (store == null) {
      store = storage.open(site);
      open.put(storage, store);
    }
    return store;
  }

  /** The group was started, in that store. */
  synchronized void settle(GroupId group, LogStore store) {
    homes.put(group, store);
  }

  /** The snapshots of a group that was started. */
  Snapshots snapshots(GroupId group) {
    return homeOf(group).snapshots(group);
  }

  /** Closes all of them. May block. */
  synchronized void close() {
    closed = true;
    open.values().forEach(LogStore::close);
    open.clear();
  }

  private synchronized LogStore homeOf(GroupId group) {
    var home = homes.get(group);
    if (home == null) {
      throw new IllegalStateException("group " + group + " was not started on this node");
    }
    return home;
  }
}
