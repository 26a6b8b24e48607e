package dev.synod.crdt.rules;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Origin;
import dev.synod.crdt.protocol.KeptRecord.Own;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a replica has to write down so that it is the same one after a restart. {@link Recovery}
 * reads it.
 */
public final class Recording {

  private Recording() {}

  /** What is to be kept of a step, in one record; nothing if the step changed nothing that is. */
  public static Optional<KeptRecord> of(Replication before, Step step) {
    var log = step.after().outgoing().log();
    if (log.last() > before.lastChange()) {
      return own(log, log.last());
    }
    var values = new ArrayList<KeyedValue>();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Merged merged) {
        values.add(merged.value());
      }
    }
    var progress = progress(before.merged(), step.after().merged());
    var then = step.after().elsewhere();
    return values.isEmpty() && progress.isEmpty()
        ? Optional.empty()
        : Optional.of(new Merged(values, progress, then.since(before.elsewhere())));
  }

  private static Optional<KeptRecord> own(ChangeLog log, long number) {
    return Optional.ofNullable(log.get(number))
        .map(it -> new Own(number, it.key(), it.after(), it.elsewhere(), it.era(), it.encoded()));
  }

  /** What the later vector has of those of which it has more. */
  private static VersionVector progress(VersionVector before, VersionVector after) {
    var more = new VersionVector[] {VersionVector.EMPTY};
    if (!after.equals(before)) {
      after.forEach(
          (replica, number) -> {
            if (number > before.get(replica)) {
              more[0] = more[0].with(new Dot(replica, number));
            }
          });
    }
    return more[0];
  }

  /**
   * All that is to be kept of a replica: its snapshot.
   *
   * @param bytesMax about how many bytes of values one record has; a single value may have more
   */
  public static void snapshot(Replication replica, int bytesMax, Consumer<KeptRecord> each) {
    var log = replica.outgoing().log();
    each.accept(new Origin(log.first()));
    var values = new ArrayList<KeyedValue>();
    long[] bytes = {0};
    replica
        .keys()
        .forEach(
            (key, entry) -> {
              var value = new KeyedValue(key, entry.version(), entry.encoded());
              values.add(value);
              bytes[0] += key.length() + (long) value.value().length();
              if (bytes[0] >= bytesMax) {
                each.accept(new Merged(values, VersionVector.EMPTY));
                values.clear();
                bytes[0] = 0;
              }
            });
    each.accept(new Merged(values, replica.merged(), replica.elsewhere().followed()));
    for (long number = log.first(); number <= log.last(); number++) {
      own(log, number).ifPresent(each);
    }
  }

  /**
   * Whether a message shows that somebody has changes of this replica which it does not have
   * itself: then it has lost them, though it had told of them, and must not go on under its id.
   */
  public static boolean showsLoss(Replication replica, ReplicationMessage message) {
    return claimed(replica.self(), message) > replica.lastChange();
  }

  /** The highest change of that replica which the message's sender says that it has. */
  private static long claimed(ReplicaId of, ReplicationMessage message) {
    if (message instanceof Acknowledged acknowledged) {
      return acknowledged.upTo();
    } else if (message instanceof Told told) {
      return told.upTo().get(of);
    } else if (message instanceof Deltas deltas) {
      return deltas.after().get(of);
    } else if (message instanceof Fetched fetched) {
      return fetched.value().map(it -> it.version().get(of)).orElse(0L);
    }
    return 0;
  }
}
