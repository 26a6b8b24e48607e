package dev.synod.paxos.actor.multi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Protocol;
import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.log.MemoryGroupLog;
import dev.synod.log.MemorySettings;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.rules.multi.SlotEffect.SavePromise;
import dev.synod.paxos.rules.multi.SlotEffect.WriteVotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The log of an acceptor")
class SlotLogTest {

  private static final int SMALL = 200;
  private static final Ballot BALLOT = new Ballot(3, StoreId.of(2));

  private final MemoryGroupLog log =
      new MemoryGroupLog(new GroupId("chat"), MemorySettings.STANDARD);

  private Optional<String> trouble = Optional.empty();

  private static List<Entry> values(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(
            slot -> new Entry(slot, new Term(3), EntryKind.COMMAND, Bytes.utf8("value " + slot)))
        .toList();
  }

  private static void vote(SlotLog slots, long from, long to, long known) {
    slots.write(new WriteVotes(BALLOT, values(from, to)), known);
  }

  /** As it is after a restart whose newest intact snapshot is of that slot. */
  private SlotLog restarted(long snapshot) {
    var slots = new SlotLog(log);
    trouble = slots.begin(snapshot);
    if (trouble.isPresent()) {
      return slots;
    }
    if (log.last().index() > log.base().index()) {
      slots.recover(log.cached(log.base().index() + 1, log.last().index()).orElseThrow());
    }
    slots.recovered();
    return slots;
  }

  @Test
  @DisplayName("has its promise, its votes, and what it knows to be chosen after a restart")
  void recovers() {
    var slots = new SlotLog(log);
    slots.write(new SavePromise(BALLOT));
    vote(slots, 1, 4, 0);
    vote(slots, 5, 6, 4);

    var again = restarted(0);

    assertThat(again.promised()).isEqualTo(BALLOT);
    assertThat(again.chosen()).isEqualTo(4);
    assertThat(again.last()).isEqualTo(6);
    assertThat(again.cached(1, 6)).contains(values(1, 6));
  }

  @Test
  @DisplayName("does not come up with a snapshot that ends before what it has forgotten")
  void olderSnapshot() {
    var slots = new SlotLog(log);
    slots.write(new SavePromise(BALLOT));
    vote(slots, 1, 4, 0);
    vote(slots, 5, 6, 4);
    slots.compact(4);

    assertThat(restarted(4).cached(5, 6)).contains(values(5, 6));
    assertThat(trouble).isEmpty();
    restarted(3);
    assertThat(trouble).get().asString().contains("no slots up to 4", "ends at 3", "replace this");
  }

  @Test
  @DisplayName("comes up with an older snapshot as long as it has all of its votes")
  void votesStillThere() {
    var slots = new SlotLog(log);
    vote(slots, 1, 4, 0);
    slots.compact(2);

    assertThat(restarted(0).cached(1, 4)).contains(values(1, 4));
  }

  @Test
  @DisplayName("knows no slot to be chosen whose value went with a snapshot")
  void hole() {
    var slots = new SlotLog(log);
    vote(slots, 1, 2, 0);
    vote(slots, 9, 9, 8); // a snapshot of slot 8 has come from another replica

    assertThat(restarted(0).chosen()).isEqualTo(2);
    assertThat(restarted(8).chosen()).isEqualTo(8);
  }

  @Test
  @DisplayName("keeps what it has forgotten when it promises, and its promise when it forgets")
  void both() {
    var slots = new SlotLog(log);
    vote(slots, 1, 4, 0);
    slots.compact(4);
    slots.write(new SavePromise(BALLOT));

    var again = new SlotLog(log);

    assertThat(again.compacted()).isEqualTo(4);
    assertThat(again.promised()).isEqualTo(BALLOT);
  }

  @Test
  @DisplayName("begins far up, where a backup ends, and knows that after a restart")
  void farUp() {
    long first = (1L << 33) + 1;
    restarted(first - 1).write(new SavePromise(BALLOT));
    vote(restarted(first - 1), first, first + 2, first - 1);

    assertThat(restarted(first - 1).cached(first, first + 2)).contains(values(first, first + 2));
    restarted(0);
    assertThat(trouble).isPresent();
  }

  @Test
  @DisplayName("cuts votes given together into records that the log takes, whatever their size")
  void longRecords() {
    var small = new MemoryGroupLog(new GroupId("chat"), new MemorySettings(SMALL, 1L << 20));
    var slots = new SlotLog(small);
    var largest = "x".repeat(SMALL - Protocol.ENTRY_ROOM_BYTES);
    var entries = new ArrayList<Entry>();
    for (long slot = 1; slot <= 20; slot++) {
      var text = slot % 5 == 0 ? largest : "value " + slot;
      entries.add(new Entry(slot, new Term(3), EntryKind.COMMAND, Bytes.utf8(text)));
    }

    slots.write(new WriteVotes(BALLOT, entries), 0);

    assertThat(slots.cached(1, 20)).contains(entries);
    assertThat(small.last().index()).isGreaterThan(4);
  }

  @Test
  @DisplayName("says that a slot without a vote is gone")
  void nothingThere() {
    var read = new ArrayList<ReadResult>();

    new SlotLog(log).read(1, 3, 1000, read::add);

    assertThat(read).containsExactly(new ReadResult.Gone());
  }
}
