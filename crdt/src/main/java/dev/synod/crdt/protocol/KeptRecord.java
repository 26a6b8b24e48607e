package dev.synod.crdt.protocol;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import java.util.List;

/**
 * What a replica writes down for itself, so that it is the same one after a restart: all records in
 * their order give back its values, what it had merged, and its own changes that others may lack. A
 * snapshot is the shortest series of records that gives back the same.
 */
public sealed interface KeptRecord {

  /**
   * The first record of a snapshot.
   *
   * @param firstKept the number of the first of its own changes that is kept one by one; of the
   *     next one, if none is
   */
  record Origin(long firstKept) implements KeptRecord {

    public Origin {
      if (firstKept < 1) {
        throw new IllegalArgumentException("changes are numbered from 1, not from " + firstKept);
      }
    }
  }

  /**
   * A change that it made.
   *
   * @param number of the change, the next one after the one before
   * @param after all changes that were merged here before it
   * @param elsewhere what it follows in other shards of the keys, if that is more than those before
   *     it do
   * @param era how often what changes follow in other shards had grown; 0 without shards
   */
  record Own(
      long number, String key, VersionVector after, CausalToken elsewhere, long era, Bytes delta)
      implements KeptRecord {

    /** A change that follows nothing in other shards. */
    public Own(long number, String key, VersionVector after, Bytes delta) {
      this(number, key, after, CausalToken.NONE, 0, delta);
    }
  }

  /**
   * What it merged in one step.
   *
   * @param values values or deltas of others, and which changes they stand for
   * @param merged of each replica of which more is merged now, up to which of its changes all are
   * @param elsewhere what these follow in other shards of the keys
   */
  record Merged(List<KeyedValue> values, VersionVector merged, CausalToken elsewhere)
      implements KeptRecord {

    /** Changes that follow nothing in other shards. */
    public Merged(List<KeyedValue> values, VersionVector merged) {
      this(values, merged, CausalToken.NONE);
    }

    public Merged {
      values = List.copyOf(values);
    }
  }
}
