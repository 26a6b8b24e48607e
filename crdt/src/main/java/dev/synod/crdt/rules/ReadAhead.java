package dev.synod.crdt.rules;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Acknowledged;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.ReplicationMessage.Intervals;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedDelta;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import dev.synod.crdt.protocol.ReplicationMessage.Trimmed;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a message before a replica takes it, so that somebody else than the replica
 * may do that: of all that becomes of a large message it takes the longest. The message says the
 * same afterwards, also to the replica as it is by then. What can't be read is left as it is, for
 * the replica to refuse; what it would not merge is left as well.
 */
public final class ReadAhead implements ReplicationMessage.Receiver<ReplicationMessage> {

  private final Replication replica;

  private ReadAhead(Replication replica) {
    this.replica = replica;
  }

  /**
   * The message with its values read, as far as the replica would merge them.
   *
   * @param replica as it is now, or was some time ago
   */
  public static ReplicationMessage of(Replication replica, ReplicationMessage message) {
    return message.to(new ReadAhead(replica));
  }

  private @Nullable Lattice<?> read(String key, VersionVector version, Bytes bytes) {
    var family = replica.families().of(key);
    if (family.isEmpty() || version.isPartOf(replica.version(key))) {
      return null;
    }
    try {
      return family.get().codec().decode(bytes);
    } catch (RuntimeException e) { // comes again when the replica takes it
      return null;
    }
  }

  private KeyedValue read(KeyedValue value) {
    var read = read(value.key(), value.version(), value.value());
    return new KeyedValue(value.key(), value.version(), value.value(), read);
  }

  @Override
  public ReplicationMessage deltas(Deltas message) {
    return read(message);
  }

  @Override
  public ReplicationMessage intervals(Intervals message) {
    return new Intervals(message.intervals().stream().map(this::read).toList());
  }

  private Deltas read(Deltas message) {
    if (message.last() <= replica.merged().get(message.from())) {
      return message;
    }
    var deltas =
        message.deltas().stream()
            .map(
                it -> {
                  var version = VersionVector.of(message.from(), it.number());
                  var read = read(it.key(), version, it.delta());
                  return new KeyedDelta(it.key(), it.number(), it.delta(), read);
                })
            .toList();
    return new Deltas(
        message.from(),
        message.first(),
        message.last(),
        message.after(),
        message.elsewhere(),
        deltas,
        message.isContinued());
  }

  @Override
  public ReplicationMessage told(Told message) {
    var values = message.values().stream().map(this::read).toList();
    return new Told(
        message.from(),
        message.session(),
        message.upTo(),
        message.elsewhere(),
        message.sums(),
        values,
        message.answered());
  }

  @Override
  public ReplicationMessage fetched(Fetched message) {
    return new Fetched(message.from(), message.request(), message.value().map(this::read));
  }

  @Override
  public ReplicationMessage acknowledged(Acknowledged message) {
    return message;
  }

  @Override
  public ReplicationMessage trimmed(Trimmed message) {
    return message;
  }

  @Override
  public ReplicationMessage ask(Ask message) {
    return message;
  }

  @Override
  public ReplicationMessage fetch(Fetch message) {
    return message;
  }
}
