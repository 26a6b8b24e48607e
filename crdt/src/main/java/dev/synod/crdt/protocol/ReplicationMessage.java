package dev.synod.crdt.protocol;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.lattice.Lattice;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one replica says to another. */
public sealed interface ReplicationMessage {

  ReplicaId from();

  /** Whoever is told a message; one method for each, so that none is forgotten. */
  interface Receiver<R> {
    R deltas(Deltas message);

    R intervals(Intervals message);

    R acknowledged(Acknowledged message);

    R trimmed(Trimmed message);

    R ask(Ask message);

    R told(Told message);

    R fetch(Fetch message);

    R fetched(Fetched message);
  }

  <R> R to(Receiver<R> receiver);

  /**
   * All changes of the sender from one number to another, of each key in one delta (the delta
   * intervals of Almeida et al. 2018, algorithm 2).
   *
   * @param first number of the first change
   * @param last number of the last one, not below the first
   * @param after the changes that the sender had merged before the last one: whoever has these may
   *     see the interval (causal delivery: Birman, Schiper, Stephenson 1991, §5.1)
   * @param elsewhere the changes in other shards of the keys that the first one follows
   * @param isContinued whether the next one came in the same message
   */
  record Deltas(
      ReplicaId from,
      long first,
      long last,
      VersionVector after,
      CausalToken elsewhere,
      List<KeyedDelta> deltas,
      boolean isContinued)
      implements ReplicationMessage {

    /** A message of its own. */
    public Deltas(
        ReplicaId from,
        long first,
        long last,
        VersionVector after,
        CausalToken elsewhere,
        List<KeyedDelta> deltas) {
      this(from, first, last, after, elsewhere, deltas, false);
    }

    /** Changes that follow nothing in other shards. */
    public Deltas(
        ReplicaId from, long first, long last, VersionVector after, List<KeyedDelta> deltas) {
      this(from, first, last, after, CausalToken.NONE, deltas);
    }

    public Deltas {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("no interval: %d to %d".formatted(first, last));
      }
      deltas = List.copyOf(deltas);
    }

    /** The same, said to follow these. */
    public Deltas after(VersionVector changes) {
      return changes.equals(after)
          ? this
          : new Deltas(from, first, last, changes, elsewhere, deltas, isContinued);
    }

    private Deltas continued(boolean isContinuedThen) {
      return isContinuedThen == isContinued
          ? this
          : new Deltas(from, first, last, after, elsewhere, deltas, isContinuedThen);
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.deltas(this);
    }
  }

  /**
   * Intervals that follow each other and are not one, as each of them follows more elsewhere than
   * those before it. Whoever is told takes one after the other, as if each had come by itself, and
   * answers as one message: with what is merged at once, and when the last one is.
   *
   * @param intervals of one sender, without gaps, two or more
   */
  record Intervals(List<Deltas> intervals) implements ReplicationMessage {

    /**
     * One message has no more than these. Each may have to wait at its receiver, which has room for
     * {@code held-max} of all senders.
     */
    public static final int COUNT_MAX = 16;

    public Intervals {
      int last = intervals.size() - 1;
      var all = intervals;
      intervals =
          IntStream.rangeClosed(0, last).mapToObj(i -> all.get(i).continued(i < last)).toList();
      if (intervals.size() < 2 || intervals.size() > COUNT_MAX) {
        throw new IllegalArgumentException(
            "2 to %d intervals go in one message, not %d".formatted(COUNT_MAX, intervals.size()));
      }
      for (int i = 1; i < intervals.size(); i++) {
        var before = intervals.get(i - 1);
        var one = intervals.get(i);
        if (!one.from().equals(before.from()) || one.first() != before.last() + 1) {
          throw new IllegalArgumentException(
              "%s from %d does not follow %s up to %d"
                  .formatted(one.from(), one.first(), before.from(), before.last()));
        }
      }
    }

    @Override
    public ReplicaId from() {
      return intervals.get(0).from();
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.intervals(this);
    }
  }

  /**
   * What becomes of a key in an interval.
   *
   * @param number of the last change of that key in the interval
   * @param read what the bytes say, if they were read already; no part of what is sent
   */
  record KeyedDelta(String key, long number, Bytes delta, @Nullable Lattice<?> read) {

    /** Not read yet. */
    public KeyedDelta(String key, long number, Bytes delta) {
      this(key, number, delta, null);
    }
  }

  /**
   * The sender has merged all changes of the receiver up to that number.
   *
   * @param isGap whether an interval had to be left out because what comes before it is missing
   */
  record Acknowledged(ReplicaId from, long upTo, boolean isGap) implements ReplicationMessage {

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.acknowledged(this);
    }
  }

  /** The sender's changes before that number are no longer kept one by one. */
  record Trimmed(ReplicaId from, long first) implements ReplicationMessage {

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.trimmed(this);
    }
  }

  /**
   * What is below these nodes of the tree of digests?
   *
   * @param session tells the answer to this question from those to others
   * @param nodes inner ones, of which the sums of their children are asked
   * @param leaves of which values are asked, with the versions that the sender has
   */
  record Ask(ReplicaId from, long session, List<Integer> nodes, List<LeafVersions> leaves)
      implements ReplicationMessage {

    public Ask {
      nodes = List.copyOf(nodes);
      leaves = List.copyOf(leaves);
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.ask(this);
    }
  }

  /** The keys of one leaf, with their versions. */
  record LeafVersions(int leaf, List<KeyVersion> versions) {

    public LeafVersions {
      versions = List.copyOf(versions);
    }
  }

  /** Which changes are merged into a key's value. */
  record KeyVersion(String key, VersionVector version) {}

  /**
   * The answer to an {@link Ask}, or to as much of it as one message takes.
   *
   * @param upTo all changes that the sender has merged
   * @param elsewhere all that these follow in other shards of the keys
   * @param sums of the children of inner nodes; a child without keys is left out
   * @param values that the asker lacks, whole
   * @param answered the nodes and leaves that this is the full answer to
   */
  record Told(
      ReplicaId from,
      long session,
      VersionVector upTo,
      CausalToken elsewhere,
      List<NodeSum> sums,
      List<KeyedValue> values,
      List<Integer> answered)
      implements ReplicationMessage {

    /** Of changes that follow nothing in other shards. */
    public Told(
        ReplicaId from,
        long session,
        VersionVector upTo,
        List<NodeSum> sums,
        List<KeyedValue> values,
        List<Integer> answered) {
      this(from, session, upTo, CausalToken.NONE, sums, values, answered);
    }

    public Told {
      sums = List.copyOf(sums);
      values = List.copyOf(values);
      answered = List.copyOf(answered);
    }

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.told(this);
    }
  }

  /** The digest of all that is below a node. */
  record NodeSum(int node, long sum) {}

  /**
   * A whole value.
   *
   * @param read what the bytes say, if they were read already; no part of what is sent
   */
  record KeyedValue(String key, VersionVector version, Bytes value, @Nullable Lattice<?> read) {

    /** Not read yet. */
    public KeyedValue(String key, VersionVector version, Bytes value) {
      this(key, version, value, null);
    }
  }

  /**
   * What is the value of that key?
   *
   * @param request tells answers to this question from those to others
   * @param version that the sender has
   */
  record Fetch(ReplicaId from, long request, String key, VersionVector version)
      implements ReplicationMessage {

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.fetch(this);
    }
  }

  /**
   * The answer to a {@link Fetch}.
   *
   * @param value whole; none if the asker has all of it
   */
  record Fetched(ReplicaId from, long request, Optional<KeyedValue> value)
      implements ReplicationMessage {

    @Override
    public <R> R to(Receiver<R> receiver) {
      return receiver.fetched(this);
    }
  }
}
