package dev.synod.crdt.actor;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How a replicator keeps its values on disk, read from {@code synod.crdt.store}, checked on
 * construction: an instance that exists is valid.
 *
 * @param snapshotAfterBytes once so many bytes of changes were written, and not fewer than the last
 *     snapshot has, a new snapshot takes their place
 * @param snapshotChunkBytes about how many bytes of values are encoded at once for it
 * @param readBytes about how many bytes are read at once at a start
 * @param sendsWaitingMax messages and answers that may wait for the disk; beyond, calls are refused
 *     as busy, and what others send is left out
 * @param callsWaitingMax calls and subscriptions that may wait while the values are read at a
 *     start; more are refused as busy
 */
public record StoreSettings(
    long snapshotAfterBytes,
    int snapshotChunkBytes,
    int readBytes,
    int sendsWaitingMax,
    int callsWaitingMax) {

  private static final Section SECTION = new Section("synod.crdt.store");

  public StoreSettings {
    SECTION.atLeast("snapshot-after-bytes", snapshotAfterBytes, 1);
    SECTION.atLeast("snapshot-chunk-bytes", snapshotChunkBytes, 1);
    SECTION.atLeast("read-bytes", readBytes, 1);
    SECTION.atLeast("sends-waiting-max", sendsWaitingMax, 1);
    SECTION.atLeast("calls-waiting-max", callsWaitingMax, 1);
  }

  /** Those of that actor system. */
  public static StoreSettings of(ActorSystem<?> system) {
    return from(system.settings().config().getConfig(SECTION.path()));
  }

  /** Reads the section {@code synod.crdt.store}. */
  public static StoreSettings from(Config store) {
    return new StoreSettings(
        store.getBytes("snapshot-after-bytes"),
        Section.intBytes(store, "snapshot-chunk-bytes"),
        Section.intBytes(store, "read-bytes"),
        store.getInt("sends-waiting-max"),
        store.getInt("calls-waiting-max"));
  }
}
