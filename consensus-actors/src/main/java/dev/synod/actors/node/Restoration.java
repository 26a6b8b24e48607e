package dev.synod.actors.node;

import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.replica.RestoredState;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.log.LogException;
import dev.synod.log.snapshot.Snapshot;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.log.snapshot.Snapshots;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.pekko.serialization.Serialization;

/** A backup that was checked, and from which a group is to be founded. */
record Restoration(SnapshotFile file, Snapshot snapshot) {

  /**
   * Reads and checks all of the file.
   *
   * @throws IllegalArgumentException if it is damaged, cut short, no backup, or one of another
   *     group or protocol; the text says which
   */
  static Restoration of(SnapshotFile file, GroupId group, String protocol) {
    try {
      var snapshot = file.checked();
      require(
          snapshot.group().equals(group),
          "%s is a backup of group %s, not of %s",
          file,
          snapshot.group(),
          group);
      var description = description(file, snapshot);
      require(
          description.protocol().equals(protocol),
          "%s is a backup of a group on %s, not on %s",
          file,
          description.protocol(),
          protocol);
      return new Restoration(file, snapshot);
    } catch (LogException e) {
      throw new IllegalArgumentException("can't restore: " + e.getMessage(), e);
    }
  }

  private static GroupDescription description(SnapshotFile file, Snapshot snapshot) {
    try {
      return GroupDescription.decode(snapshot.metadata());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "can't restore: %s is a snapshot, but no backup: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void require(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException("can't restore: " + otherwise.formatted(values));
    }
  }

  /** What all founders must have in common: position and checksum of the backup. */
  Bytes origin() {
    var origin = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES);
    origin.putLong(snapshot.position().index()).putLong(snapshot.position().term().number());
    return Bytes.wrap(origin.putInt(file.checksum(snapshot)).array());
  }

  /**
   * Puts the state where the group's replica will find it, in place of what an earlier try has
   * left; a witness's takes only its place. Blocks on the disk.
   */
  void install(
      Snapshots store,
      Founded founded,
      boolean stateless,
      Serialization serialization,
      int chunkBytes) {
    store.deleteAll();
    try (var backup = file.open(snapshot)) {
      var members = founded.configuration();
      RestoredState.write(backup, store, members, stateless, serialization, chunkBytes);
    } catch (IOException e) {
      throw new IllegalStateException("can't restore " + file + ": " + e.getMessage(), e);
    }
  }
}
