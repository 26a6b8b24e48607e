package dev.synod.testkit.paxos;

import dev.synod.core.Entry;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotVote;
import dev.synod.paxos.rules.multi.Votes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An acceptor's newest vote of each slot, as a value. */
record LogVotes(Map<Long, SlotVote> bySlot) implements Votes {

  static final LogVotes NONE = new LogVotes(Map.of());

  LogVotes with(Ballot ballot, List<Entry> entries) {
    var more = new TreeMap<>(bySlot);
    entries.forEach(entry -> more.put(entry.index(), new SlotVote(ballot, entry)));
    return new LogVotes(more);
  }

  List<SlotVote> after(long slot) {
    return bySlot.values().stream().filter(vote -> vote.slot() > slot).toList();
  }

  @Override
  public long base() {
    return 0;
  }

  @Override
  public long last() {
    return bySlot.keySet().stream().mapToLong(slot -> slot).max().orElse(0);
  }

  @Override
  public Ballot ballotAt(long slot) {
    var vote = bySlot.get(slot);
    return vote == null ? Ballot.ZERO : vote.ballot();
  }
}
