package dev.synod.crdt.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Anew;
import dev.synod.crdt.protocol.KeptRecord.Became;
import dev.synod.crdt.protocol.KeptRecord.Inherits;
import dev.synod.crdt.protocol.KeptRecord.KeyedChange;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Origin;
import dev.synod.crdt.protocol.KeptRecord.Own;
import dev.synod.crdt.protocol.KeptRecord.Stood;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.protocol.Standing;
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
      boolean isAnew = step.effects().stream().anyMatch(Effect.Anew.class::isInstance);
      return own(log, log.last()).map(it -> isAnew ? new Anew(it) : it);
    }
    var standing = step.after().standing();
    if (standing.number() > before.standing().number()) {
      return Optional.of(new Stood(standing));
    }
    var values = new ArrayList<KeyedValue>();
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Merged merged) {
        values.add(merged.value());
      }
    }
    var progress = step.after().merged().since(before.merged());
    var then = step.after().elsewhere();
    return values.isEmpty() && progress.isEmpty()
        ? Optional.empty()
        : Optional.of(new Merged(values, progress, then.since(before.elsewhere())));
  }

  private static Optional<Own> own(ChangeLog log, long number) {
    return Optional.ofNullable(log.get(number))
        .map(it -> new Own(number, it.key(), it.after(), it.elsewhere(), it.era(), it.encoded()));
  }

  /**
   * From here on it is that replica, whose id a registry gave, and has no values yet. The last
   * record says so: a crash between them leaves the replica before.
   *
   * @param inheritance changes that it has to make anew
   * @param bytesMax about how many bytes of them one record has; a single change may have more
   */
  public static void became(
      Replication replica,
      Inheritance inheritance,
      int bytesMax,
      Consumer<? super KeptRecord> each) {
    var part = new ArrayList<KeyedChange>();
    int parts = 0;
    long bytes = 0;
    for (var change : inheritance.changes()) {
      if (bytes >= bytesMax) {
        each.accept(new Inherits(part));
        parts++;
        part.clear();
        bytes = 0;
      }
      var kept = change.kept();
      part.add(kept);
      bytes += kept.key().length() + (long) kept.delta().length();
    }
    each.accept(
        new Became(
            replica.self(),
            replica.standing(),
            replica.dots(),
            parts,
            inheritance.follows(),
            inheritance.anew(),
            part));
  }

  /**
   * All that is to be kept of a replica: its snapshot.
   *
   * @param inheritance changes that it has to make anew
   * @param bytesMax about how many bytes of values one record has; a single value may have more
   */
  public static void snapshot(
      Replication replica, Inheritance inheritance, int bytesMax, Consumer<KeptRecord> each) {
    var log = replica.outgoing().log();
    if (replica.outgoing().isUntilSettled()) {
      became(replica, inheritance, bytesMax, each);
    }
    each.accept(new Origin(log.first()));
    if (replica.outgoing().isUntilSettled() && log.earlier().settled() < log.first() - 1) {
      log.earlier().kept(bytesMax, each);
    }
    values(replica, bytesMax, each);
    for (long number = log.first(); number <= log.last(); number++) {
      own(log, number).ifPresent(each);
    }
  }

  private static void values(Replication replica, int bytesMax, Consumer<KeptRecord> each) {
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
  }

  /**
   * Whether a message shows that somebody has changes of this replica which it does not have
   * itself: then it has lost them, though it had told of them, and must not go on under its id.
   */
  public static boolean showsLoss(Replication replica, ReplicationMessage message) {
    return claimed(replica.self(), message) > replica.lastChange();
  }

  /**
   * Whether what stands shows that: the registry knows only of changes that this replica has told
   * of.
   */
  public static boolean showsLoss(Replication replica, Standing standing) {
    var self = replica.self();
    long known = Math.max(standing.stable().get(self), standing.changesOf(self).orElse(0));
    return known > replica.lastChange();
  }

  /**
   * Whether what stands shows that a member has less than it had reported: without its report there
   * is no new generation. What the others have dropped since, it would bring back.
   */
  public static boolean showsOlder(Replication replica, Standing standing) {
    return standing.generation() > replica.standing().generation()
        && standing.has(replica.self())
        && !standing.stable().isPartOf(standing.folded(replica.merged()));
  }

  /** The highest change of that replica which the message's sender says that it has. */
  private static long claimed(ReplicaId of, ReplicationMessage message) {
    if (message instanceof Acknowledged acknowledged) {
      return acknowledged.upTo();
    } else if (message instanceof Told told) {
      return told.upTo().get(of);
    } else if (message instanceof Deltas deltas) {
      return deltas.after().get(of);
    } else if (message instanceof Intervals several) {
      return several.intervals().stream().mapToLong(it -> it.after().get(of)).max().orElse(0);
    } else if (message instanceof Fetched fetched) {
      return fetched.value().map(it -> it.version().get(of)).orElse(0L);
    }
    return 0;
  }
}
