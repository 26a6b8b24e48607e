package dev.synod.crdt.protocol;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
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
   * What it has made of changes before those that are kept one by one, as far as members may lack
   * them. Behind {@link Origin}, as often as needed.
   *
   * @param settled the number of the last change of which nothing is known
   */
  record Unsettled(long settled, List<Joined> keys) implements KeptRecord {

    public Unsettled {
      keys = List.copyOf(keys);
    }
  }

  /**
   * Such changes of one key, in one.
   *
   * @param last the number of the last one
   * @param checked how many of its dots counted when that was looked up last
   * @param written by which change its dots were written last
   */
  record Joined(KeyedChange change, long last, int checked, List<Mark> written) {

    public Joined {
      written = List.copyOf(written);
    }
  }

  /** A dot, and the number of a change. */
  record Mark(Dot dot, long number) {}

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

  /**
   * What a registry has decided is known to it; see {@link Standing}. In a new generation it drops
   * what all know to be gone, here among its records.
   */
  record Stood(Standing standing) implements KeptRecord {}

  /**
   * From here on it is that replica, with nothing but what is said here. The first record of each
   * replica whose id comes from a registry, and of its snapshots.
   *
   * @param standing what stands; the replica is a member
   * @param dots the highest number of a dot of its own of which nothing is kept
   * @param parts how many of the {@link Inherits} right before it belong to it
   * @param follows what the replica before had merged
   * @param anew the number of the last change that it has made anew; 0 if there is none
   * @param inherited changes of the replica before that it has to make anew, in their order, behind
   *     those of the parts
   */
  record Became(
      ReplicaId self,
      Standing standing,
      long dots,
      int parts,
      VersionVector follows,
      long anew,
      List<KeyedChange> inherited)
      implements KeptRecord {

    /** As it was kept before there were parts. */
    public Became(ReplicaId self, Standing standing, long dots, List<KeyedChange> inherited) {
      this(self, standing, dots, 0, VersionVector.EMPTY, 0, inherited);
    }

    public Became {
      if (parts < 0) {
        throw new IllegalArgumentException("it has no %d parts before it".formatted(parts));
      }
      if (dots > Dot.COUNTER_MAX) {
        throw new IllegalArgumentException("the number of a dot is too high: " + dots);
      }
      inherited = List.copyOf(inherited);
    }
  }

  /**
   * Some of the changes that the replica of the next {@link Became} has to make anew, if they are
   * too many for one record. It means nothing before that one is there, and says so.
   */
  record Inherits(List<KeyedChange> changes) implements KeptRecord {

    public Inherits {
      changes = List.copyOf(changes);
    }
  }

  /** A change of a key. */
  record KeyedChange(String key, Bytes delta) {}

  /** A change that it made anew: the next one of the inherited. */
  record Anew(Own own) implements KeptRecord {}
}
