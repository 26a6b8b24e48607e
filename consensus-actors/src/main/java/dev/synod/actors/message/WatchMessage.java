package dev.synod.actors.message;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a watcher and a replica say to each other: the watcher pulls, each pull is answered once,
 * and held while there is nothing new. So a replica keeps nothing for a watcher that is slow or
 * gone.
 *
 * <pre>
 *   watcher ── Pull ──► replica ──► its hub     Changes, Gone, … ──► watcher
 *   watcher ── Pull ──► hub, as named in Changes
 * </pre>
 */
public interface WatchMessage extends WireMessage {

  /** In place of an index: begin with what comes next. */
  long NOW = -1;

  /** In place of an incarnation: whichever there is. */
  long ANY = 0;

  /** What a hub understands. */
  interface ToHub {}

  /** The answer to a pull. */
  interface ToWatcher extends WireMessage {

    GroupId group();

    /** Of the pull that this answers. */
    long number();
  }

  /**
   * Watcher to replica or hub: what was changed behind that index?
   *
   * @param number of this watcher's pulls; only the answer to the last one counts
   * @param incarnation of the group that the watcher has heard of, or {@link #ANY}; the same index
   *     of another one is another change
   * @param after up to where the watcher knows all, or {@link #NOW}
   * @param atOnce whether to answer even if nothing is new: asked by who wants to know if anybody
   *     is there
   * @param changesMax at most so many in the answer
   * @param bytesMax of their payloads together, unless a single one has more
   */
  record Pull(
      GroupId group,
      ActorRef<ToWatcher> watcher,
      long number,
      long incarnation,
      long after,
      boolean atOnce,
      int changesMax,
      int bytesMax)
      implements ClientMessage, ReplicaMessage, ToHub {

    public Pull {
      if (after < NOW || changesMax < 1 || bytesMax < 1) {
        throw new IllegalArgumentException(
            "a pull is after an index, for at least one change and byte, but got %d, %d, %d"
                .formatted(after, changesMax, bytesMax));
      }
    }
  }

  /**
   * Hub to watcher: all that was changed in {@code (after, upTo]}.
   *
   * @param hub to whom the next pulls go directly
   * @param after as in the pull, or where now was
   */
  record Changes(
      GroupId group,
      long number,
      long incarnation,
      ActorRef<ToHub> hub,
      long after,
      long upTo,
      List<Changed> changes)
      implements ClientMessage, ToWatcher {

    public Changes {
      changes = List.copyOf(changes);
      long last = after;
      for (Changed change : changes) {
        if (change.index() <= last) {
          throw new IllegalArgumentException(
              "changes are in order, but %d follows %d".formatted(change.index(), last));
        }
        last = change.index();
      }
      if (after < 0 || last > upTo) {
        throw new IllegalArgumentException(
            "changes after %d up to %d end with %d".formatted(after, upTo, last));
      }
    }
  }

  /**
   * One change.
   *
   * @param payload of the entry, as it stands in the log
   */
  record Changed(long index, Bytes payload) {}

  /**
   * Hub to watcher: not all of that is here any more.
   *
   * @param first from which index on this replica has all changes
   */
  record Gone(GroupId group, long number, long first) implements ToWatcher {}

  /** Hub to watcher: this is a group of that name, but it was founded anew. */
  record Refounded(GroupId group, long number) implements ToWatcher {}

  /** Replica to watcher: not here, or not now; turn to another one. */
  record NotServed(GroupId group, long number, String why) implements ToWatcher {}
}
