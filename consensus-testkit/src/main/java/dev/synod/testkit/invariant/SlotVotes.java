package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.core.Quorum;
import dev.synod.testkit.invariant.Change.Ballot;
import dev.synod.testkit.invariant.Change.ConfigurationKept;
import dev.synod.testkit.invariant.Change.Founded;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.VoteKept;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which votes acceptors' disks have had, and what was chosen by that: a slot's value is chosen once
 * a quorum of those who govern it have voted for it with the same ballot. These are the founders at
 * first; a configuration that is chosen in slot i governs from slot i + alpha on (Lamport 2001,
 * §3).
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
  private final Map<Long, Map<Long, Configuration>> configurations = new HashMap<>();
  private final TreeMap<Long, Quorum> governing = new TreeMap<>();
  private final SlotRules rules;

  SlotVotes(SlotRules rules) {
    this.rules = rules;
  }

  /** Returns what is chosen by that change and was not before. */
  Optional<Choice> take(Change change) {
    if (change instanceof Founded founded) {
      governing.putIfAbsent(0L, rules.accept().apply(founded.configuration()));
    } else if (change instanceof ConfigurationKept named) {
      configurations
          .computeIfAbsent(named.slot(), slot -> new HashMap<>())
          .put(named.value(), named.configuration());
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
    var quorum = governing.floorEntry(vote.slot()).getValue();
    if (!quorum.isMetBy(store -> who.contains(store.toString()))) {
      return Optional.empty();
    }
    var choice = new Choice(vote.ballot(), vote.value());
    var before = chosen.get(vote.slot());
    if (before != null && !before.ballot().isAfter(vote.ballot())) {
      return Optional.empty();
    }
    chosen.put(vote.slot(), choice);
    var named = configurations.getOrDefault(vote.slot(), Map.of()).get(vote.value());
    if (named != null) {
      governing.put(vote.slot() + rules.alpha(), rules.accept().apply(named));
    }
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
