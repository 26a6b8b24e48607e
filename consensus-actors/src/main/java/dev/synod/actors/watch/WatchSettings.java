package dev.synod.actors.watch;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import java.time.Duration;

/**
 * The bounds of watches, on both sides, checked on construction: an instance that exists is valid.
 *
 * @param batchChangesMax changes in one message to a watcher; it keeps at most twice as many for a
 *     consumer that is slow
 * @param batchBytesMax payload bytes in one message to a watcher, unless a single change has more
 * @param retryInterval silence after which a watcher asks its replica again; after three of them it
 *     turns to another replica
 * @param waitingMax watchers that may wait at a replica; with more, who has waited longest for the
 *     next change is sent to another replica, or, where all wait for a look into the log, the
 *     newest
 * @param recentChangesMax newest changes that a replica keeps in memory while somebody watches; who
 *     is further behind is served from the log
 * @param recentBytesMax payload bytes of these changes
 * @param rememberedMax applied entries of which a replica remembers, at one bit each, whether they
 *     were changes; no watch begins further back
 */
public record WatchSettings(
    int batchChangesMax,
    int batchBytesMax,
    Duration retryInterval,
    int waitingMax,
    int recentChangesMax,
    int recentBytesMax,
    int rememberedMax) {

  /** A snapshot tells of so many. */
  private static final int REMEMBERED_MIN = 16_384;

  public WatchSettings {
    var section = new Section("synod.watch");
    section.atLeast("batch-changes-max", batchChangesMax, 1);
    section.atLeast("batch-bytes-max", batchBytesMax, 1);
    section.positive("retry-interval", retryInterval);
    section.atLeast("waiting-max", waitingMax, 1);
    section.atLeast("recent-changes-max", recentChangesMax, 1);
    section.atLeast("recent-bytes-max", recentBytesMax, 1);
    section.atLeast("remembered-max", rememberedMax, REMEMBERED_MIN);
  }

  /** Reads the section {@code synod.watch}. */
  public static WatchSettings from(Config watch) {
    return new WatchSettings(
        watch.getInt("batch-changes-max"),
        Section.intBytes(watch, "batch-bytes-max"),
        watch.getDuration("retry-interval"),
        watch.getInt("waiting-max"),
        watch.getInt("recent-changes-max"),
        Section.intBytes(watch, "recent-bytes-max"),
        watch.getInt("remembered-max"));
  }
}
