package dev.synod.actors;

import dev.synod.log.LogStore;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Where a node keeps the logs and the snapshots of groups: {@link Group.Homeless#keptIn}. Groups
 * with an equal storage share one store on each node. Nodes of one group may differ in it.
 */
@FunctionalInterface
public interface Storage {

  /** In the node's data directory, forced to disk before anything is promised. The default. */
  Storage DISK = Site::disk;

  /**
   * In memory alone. A replica that starts again is a new one, a stranger to its group: it neither
   * votes nor serves before a membership change lets it in, which it asks for by itself ({@code
   * synod.node.readmission}). A group most of whose replicas have stopped, or started again and
   * were not let in yet, is lost.
   */
  Storage MEMORY = Site::memory;

  /**
   * Opens the store of that node; called when its first group is started, once.
   *
   * @throws IllegalStateException if it can't be used; the text says what to do
   */
  LogStore open(Site site);

  /** What a node has to keep groups in. */
  interface Site {

    /**
     * Opens the data directory.
     *
     * @throws IllegalStateException if it can't be used; the text says what to do
     */
    LogStore disk();

    /** A store in memory, of an identity that was never used before. */
    LogStore memory();

    /** For stores that live in actors. */
    ActorSystem<?> system();
  }
}
