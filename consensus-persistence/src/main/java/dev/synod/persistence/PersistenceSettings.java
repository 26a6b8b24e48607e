package dev.synod.persistence;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import dev.synod.log.MemorySettings;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How groups are kept in Pekko Persistence, checked on construction: an instance that exists is
 * valid.
 *
 * @param storeName names this node's store in the journal, in place of a data directory: no other
 *     node and no other process may use the same at the same time
 * @param journalPlugin path of the journal's configuration; empty for the actor system's default
 * @param snapshotPlugin path of the snapshot store's configuration; empty for the default
 * @param queuedBytesMax bytes of all groups that the journal has not confirmed, above which they
 *     call themselves busy and proposals are rejected
 * @param snapshotBytesMax largest snapshot, in bytes: it is one object for the plugin, and in
 *     memory while it is written or read
 * @param recoveryTimeout how long a group's journal may take to be read at the start
 * @param snapshotTimeout how long the snapshot store may take for one snapshot
 * @param closeTimeout how long the journal may take to confirm what is under way when the node
 *     stops
 * @param memory the bounds of what is held in memory: all entries that snapshots do not cover
 */
public record PersistenceSettings(
    String storeName,
    String journalPlugin,
    String snapshotPlugin,
    long queuedBytesMax,
    int snapshotBytesMax,
    Duration recoveryTimeout,
    Duration snapshotTimeout,
    Duration closeTimeout,
    MemorySettings memory) {

  /** Longest name of a store, in characters: a persistence id must fit into a journal's column. */
  public static final int STORE_NAME_LENGTH_MAX = 63;

  private static final String PATH = "synod.persistence";

  public PersistenceSettings {
    var section = new Section(PATH);
    Section.require(
        storeName.matches("[A-Za-z0-9._-]{1," + STORE_NAME_LENGTH_MAX + "}"),
        "%s.store-name (\"%s\") names this node's store in the journal: 1 to %d letters, digits,"
            + " dots, dashes or underscores, and of no other node",
        PATH,
        storeName,
        STORE_NAME_LENGTH_MAX);
    section.atLeast("queued-bytes-max", queuedBytesMax, 1);
    section.atLeast("snapshot-bytes-max", snapshotBytesMax, 1);
    section.positive("recovery-timeout", recoveryTimeout);
    section.positive("snapshot-timeout", snapshotTimeout);
    section.positive("close-timeout", closeTimeout);
  }

  /** Reads the section {@code synod.persistence} of that actor system. */
  public static PersistenceSettings of(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("synod"));
  }

  /** Reads the section {@code persistence} of {@code synod}. */
  public static PersistenceSettings from(Config synod) {
    var own = synod.getConfig("persistence");
    return new PersistenceSettings(
        own.getString("store-name"),
        own.getString("journal-plugin"),
        own.getString("snapshot-plugin"),
        own.getBytes("queued-bytes-max"),
        Math.toIntExact(own.getBytes("snapshot-bytes-max")),
        own.getDuration("recovery-timeout"),
        own.getDuration("snapshot-timeout"),
        own.getDuration("close-timeout"),
        new MemorySettings(
            Math.toIntExact(synod.getBytes("log.entry-bytes-max")),
            own.getBytes("group-bytes-max")));
  }
}
