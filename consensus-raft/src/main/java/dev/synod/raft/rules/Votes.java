package dev.synod.raft.rules;

import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answers to one election so far. Only an explicit grant counts as one: a higher term seen is
 * not a vote.
 */
public record Votes(Map<StoreId, Boolean> answers) {

  static final Votes NONE = new Votes(Map.of());

  Votes with(StoreId voter, boolean granted) {
    var more = new TreeMap<>(answers);
    more.putIfAbsent(voter, granted);
    return new Votes(more);
  }

  boolean areWon(Quorum quorum) {
    return quorum.isMetBy(voter -> answers.getOrDefault(voter, false));
  }

  /** Whether no answers still to come can win it. */
  boolean areLost(Quorum quorum) {
    return !quorum.isMetBy(voter -> answers.getOrDefault(voter, true));
  }
}
