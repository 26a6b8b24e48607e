package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.core.Quorum;
import dev.synod.testkit.invariant.Change.Ballot;
import dev.synod.testkit.invariant.Change.Founded;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.VoteKept;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which votes acceptors' disks have had, and what was chosen by that: a slot's value is chosen once
 * a quorum of those who founded the group have voted for it with the same ballot.
 */
final class SlotVotes {

  /**
   * What was chosen.
   *
   * @param ballot the lowest with which it was
   */
  record Choice(Ballot ballot, long value) {}

  private final Map<String, String> stores = new HashMap<>();
  private final Map<Long, TreeMap<Ballot, Set<String>>> votes = new HashMap<>();
  private final Map<Long, Choice> chosen = new HashMap<>();
  private final Function<Configuration, Quorum> accept;
  private Optional<Quorum> quorum = Optional.empty();

  /**
   * @param accept whose votes are enough, of a group with these members
   */
  SlotVotes(Function<Configuration, Quorum> accept) {
    this.accept = accept;
  }

  /** Returns what is chosen by that change and was not before. */
  Optional<Choice> take(Change change) {
    if (change instanceof Founded founded) {
      quorum = Optional.of(accept.apply(founded.configuration()));
    } else if (change instanceof Started started) {
      stores.put(started.node(), started.store());
    } else if (change instanceof VoteKept vote) {
      return count(vote);
    }
    return Optional.empty();
  }

  private Optional<Choice> count(VoteKept vote) {
    var who =
        votes
            .computeIfAbsent(vote.slot(), slot -> new TreeMap<>())
            .computeIfAbsent(vote.ballot(), ballot -> new TreeSet<>());
    who.add(stores.getOrDefault(vote.node(), ""));
    if (!quorum.orElseThrow().isMetBy(store -> who.contains(store.toString()))) {
      return Optional.empty();
    }
    var choice = new Choice(vote.ballot(), vote.value());
    var before = chosen.get(vote.slot());
    if (before != null && !before.ballot().isAfter(vote.ballot())) {
      return Optional.empty();
    }
    chosen.put(vote.slot(), choice);
    return before == null ? Optional.of(choice) : Optional.empty();
  }

  /** Whether nobody has voted for anything. */
  boolean isEmpty() {
    return votes.isEmpty();
  }

  Optional<Choice> chosen(long slot) {
    return Optional.ofNullable(chosen.get(slot));
  }

  /** Whether that node's disk has had a vote with that ballot, or a higher one, for the slot. */
  boolean has(String node, Ballot ballot, long slot) {
    var store = stores.getOrDefault(node, "");
    var all = votes.get(slot);
    return all != null
        && all.tailMap(ballot, true).values().stream().anyMatch(who -> who.contains(store));
  }
}
