package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.core.Membership;
import dev.synod.core.StoreId;
import dev.synod.testkit.invariant.Change.Committed;
import dev.synod.testkit.invariant.Change.Configured;
import dev.synod.testkit.invariant.Change.Decided;
import dev.synod.testkit.invariant.Change.Found;
import dev.synod.testkit.invariant.Change.Founded;
import dev.synod.testkit.invariant.Change.Started;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that logs of the group ever said about its members, by place: an index and an epoch decide an
 * entry (log matching). What a replica must go by follows from its log alone (Raft §6), and is
 * worked out here anew. Where the log's places say nothing, a protocol tells what was {@linkplain
 * Change.Decided decided}; the version then stands for the place.
 */
public final class Configurations {

  private record Place(long index, long epoch) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return index == other.index
          ? Long.compare(epoch, other.epoch)
          : Long.compare(index, other.index);
    }
  }

  private final TreeMap<Place, Configuration> known = new TreeMap<>();
  private final TreeMap<Long, Configuration> committed = new TreeMap<>();
  private final Map<String, Configuration> decided = new HashMap<>();
  private long committedUpTo;
  private boolean isNew;

  /** The change has happened on that replica, whose view shows it. */
  void take(Change change, ReplicaView replica) {
    if (change instanceof Founded founded) {
      committed.putIfAbsent(0L, founded.configuration());
    } else if (change instanceof Configured configured) {
      var place = new Place(configured.index(), configured.epoch());
      isNew = known.putIfAbsent(place, configured.configuration()) == null;
    } else if (change instanceof Found found) {
      known.putIfAbsent(new Place(found.index(), found.epoch()), found.configuration());
    } else if (change instanceof Decided told) {
      decided.put(told.node(), told.configuration());
      committed.putIfAbsent(told.configuration().version() - 1, told.configuration());
    } else if (change instanceof Started) {
      decided.remove(change.node());
    } else if (change instanceof Committed moved && moved.index() > committedUpTo) {
      known
          .subMap(
              new Place(committedUpTo, Long.MAX_VALUE), new Place(moved.index(), Long.MAX_VALUE))
          .forEach(
              (place, configuration) -> {
                if (isIn(place, replica)) {
                  committed.put(place.index(), configuration);
                }
              });
      committedUpTo = moved.index();
    }
  }

  /** Whether the configuration of the change just taken had not been seen before. */
  boolean isNew() {
    return isNew;
  }

  /** Which counts for that replica: the newest in its log, committed or not. */
  public Optional<Configuration> newestOf(ReplicaView replica) {
    return newestOf(replica, Long.MAX_VALUE);
  }

  /** Which counted for that replica before it led: the newest in its log of an earlier epoch. */
  Optional<Configuration> electing(ReplicaView replica) {
    return newestOf(replica, replica.epoch());
  }

  private Optional<Configuration> newestOf(ReplicaView replica, long beforeEpoch) {
    if (decided.containsKey(replica.node())) {
      return Optional.ofNullable(decided.get(replica.node()));
    }
    for (Place place : known.descendingKeySet()) {
      if (place.index() <= replica.base()) {
        break;
      }
      if (place.epoch() < beforeEpoch && isIn(place, replica)) {
        return Optional.ofNullable(known.get(place));
      }
    }
    return at(replica.base());
  }

  /** Which was committed up to that index. */
  Optional<Configuration> at(long index) {
    return Optional.ofNullable(committed.floorEntry(index)).map(entry -> entry.getValue());
  }

  /**
   * Whether a replica votes by its newest configuration, or by one that counts as long as those
   * after it are not committed.
   */
  boolean mayVote(ReplicaView replica) {
    long index = Math.min(replica.committed(), replica.last());
    return (known.isEmpty() && committed.isEmpty())
        || Stream.concat(
                at(index).stream(),
                known.entrySet().stream()
                    .filter(one -> one.getKey().index() > index && isIn(one.getKey(), replica))
                    .map(Map.Entry::getValue))
            .flatMap(configuration -> configuration.voters().stream())
            .anyMatch(voter -> voter.store().toString().equals(replica.store()));
  }

  /** Where the newest that counts for that replica stands; 0 for the founding. */
  long indexOfNewest(ReplicaView replica) {
    for (Place place : known.descendingKeySet()) {
      if (place.index() > replica.base() && isIn(place, replica)) {
        return place.index();
      }
    }
    return Optional.ofNullable(committed.floorKey(replica.base())).orElse(0L);
  }

  /** All that were committed, in order. */
  List<Configuration> committed() {
    return new ArrayList<>(committed.values());
  }

  /** The newest that was committed; empty before the group was founded. */
  public Optional<Configuration> current() {
    return Optional.ofNullable(committed.lastEntry()).map(entry -> entry.getValue());
  }

  /** Whether that replica is a witness in that membership. */
  static boolean isWitness(Membership membership, ReplicaView replica) {
    return membership.witnesses().stream()
        .anyMatch(store -> store.toString().equals(replica.store()));
  }

  /** More than half of the voters, and in a joint membership of the outgoing ones, too. */
  static boolean agree(Membership membership, Predicate<StoreId> agrees) {
    return majority(membership.voters(), agrees)
        && (membership.outgoing().isEmpty() || majority(membership.outgoing(), agrees));
  }

  private static boolean majority(Collection<StoreId> voters, Predicate<StoreId> agrees) {
    return voters.stream().filter(agrees).count() * 2 > voters.size();
  }

  private static boolean isIn(Place place, ReplicaView replica) {
    return place.index() >= replica.base()
        && place.index() <= replica.last()
        && replica.epochAt(place.index()) == place.epoch();
  }
}
