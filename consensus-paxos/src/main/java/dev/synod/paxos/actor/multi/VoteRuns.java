package dev.synod.paxos.actor.multi;

import dev.synod.actors.wire.EntryBlock;
import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireWriter;
import dev.synod.core.Entry;
import dev.synod.paxos.actor.BallotField;
import dev.synod.paxos.protocol.multi.SlotVote;
import java.util.ArrayList;
import java.util.List;

/**
 * Votes by slot, at the end of a message. Most were given to one proposer for slots that follow one
 * another; such a run names its ballot once:
 *
 * <pre>
 *   int runs, then for each: ballot, long first slot, entries ({@link EntryBlock}), at least one
 * </pre>
 */
final class VoteRuns {

  private static final int BALLOT_BYTES = 3 * Long.BYTES;

  /** Of a run of one vote without payload. */
  private static final int RUN_BYTES_MIN =
      BALLOT_BYTES + Long.BYTES + Integer.BYTES + EntryBlock.ENTRY_BYTES_MIN;

  private VoteRuns() {}

  static void write(List<SlotVote> votes, WireWriter out) {
    var runs = runs(votes);
    out.putInt(runs.size());
    for (List<SlotVote> run : runs) {
      BallotField.put(run.get(0).ballot(), out);
      SlotFields.putEntries(run.stream().map(SlotVote::entry).toList(), out);
    }
  }

  private static List<List<SlotVote>> runs(List<SlotVote> votes) {
    var runs = new ArrayList<List<SlotVote>>();
    int start = 0;
    for (int i = 1; i <= votes.size(); i++) {
      if (i == votes.size() || !follows(votes.get(i - 1), votes.get(i))) {
        runs.add(votes.subList(start, i));
        start = i;
      }
    }
    return runs;
  }

  private static boolean follows(SlotVote before, SlotVote vote) {
    return vote.slot() == before.slot() + 1 && vote.ballot().equals(before.ballot());
  }

  /**
   * The votes again.
   *
   * @throws IllegalArgumentException if their slots don't rise, or leave the range
   */
  static List<SlotVote> read(long firstSlot, long lastSlot, WireReader in) {
    int runs = in.takeCount(RUN_BYTES_MIN);
    var votes = new ArrayList<SlotVote>();
    long next = firstSlot;
    for (int i = 0; i < runs; i++) {
      var ballot = BallotField.take(in);
      var entries = SlotFields.takeEntries(in);
      long first = entries.get(0).index();
      long last = entries.get(entries.size() - 1).index();
      if (first < next || last > lastSlot) {
        throw new IllegalArgumentException(
            "votes for the slots from %d to %d where those from %d to %d are left"
                .formatted(first, last, next, lastSlot));
      }
      for (Entry entry : entries) {
        votes.add(new SlotVote(ballot, entry));
      }
      next = last + 1;
    }
    return votes;
  }
}
