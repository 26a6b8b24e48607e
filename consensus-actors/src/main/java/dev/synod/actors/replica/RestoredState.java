package dev.synod.actors.replica;

import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.snapshot.Snapshot;
import dev.synod.log.snapshot.SnapshotReader;
import dev.synod.log.snapshot.Snapshots;
import java.io.IOException;
import org.apache.pekko.serialization.Serialization;

/**
 * The state of a backup as the first snapshot of a new group: the machine's state and the sessions
 * as they were, the new group's members, and a position of its own.
 *
 * <p>Sessions are kept: a client that asks again for what the backup holds gets its first reply.
 * Their ids are indexes, and so are those that the old group gave away after the backup; to keep
 * these from meaning other clients here, the new group counts on from far behind ({@value
 * #INDEXES_SKIPPED}). Its terms begin anew, so the position is of term 0, older than all of them.
 */
public final class RestoredState {

  /** More than any group appends between a backup and its restore. */
  public static final long INDEXES_SKIPPED = 1L << 32;

  private RestoredState() {}

  /** Where a group begins that is founded from a backup of that position. */
  public static LogPosition positionAfter(LogPosition backedUp) {
    return new LogPosition(backedUp.index() + INDEXES_SKIPPED, Term.ZERO);
  }

  /**
   * Writes it, durably. Blocks on the disk.
   *
   * @param members of the new group
   * @param stateless whether this is a witness's store: it takes the position alone
   * @throws IOException if the backup's content can't be read here
   */
  public static Snapshot write(
      SnapshotReader backup,
      Snapshots store,
      Configuration members,
      boolean stateless,
      Serialization serialization,
      int chunkBytes)
      throws IOException {
    var body = new SnapshotBody(serialization);
    var found = backup.snapshot();
    var content = whole(body.read(new ChunkedInput(chunkBytes, found.size(), backup::read)));
    var position = positionAfter(found.position());
    var own =
        stateless
            ? new StatelessContent(position, members)
            : new SnapshotContent<Object>(
                position,
                members,
                content.sessions(),
                content.state(),
                ChangeBits.none(position.index()),
                content.digest());
    try (var writer = store.begin(position, members.encode())) {
      body.write(own, new ChunkedOutput(chunkBytes, writer::append));
      return writer.commit();
    }
  }

  private static SnapshotContent<?> whole(Captured captured) throws IOException {
    if (captured instanceof SnapshotContent<?> whole) {
      return whole;
    }
    throw new IOException("it holds no state");
  }
}
