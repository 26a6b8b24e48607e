package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.InvariantViolation;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What any store must do stands in the testkit's contract of stores; here is what is special to
 * this.
 */
@DisplayName("A group's log")
class GroupLogTest {

  private final TestNode node = TestNode.open(21);
  private final GroupLog group = node.group(TestNode.G1);

  @Test
  @DisplayName("reports tickets in order, each only after its write was forced")
  void reportsTicketsInOrder() {
    var told = new Told();
    group.listener(told);
    long first = group.append(TestNode.entries(1, 1, 1));
    long second = group.save(Bytes.utf8("vote"));
    assertThat(second).isGreaterThan(first);
    assertThat(group.durableTicket()).isLessThan(first);

    node.tasks.runAll();

    assertThat(told.durable).isSorted().endsWith(second);
    assertThat(group.durableTicket()).isEqualTo(second).isEqualTo(group.lastTicket());
  }

  @Test
  @DisplayName("shows appended entries at once, before they are durable")
  void showsEntriesAtOnce() {
    group.append(TestNode.entries(1, 3, 2));

    assertThat(group.last()).isEqualTo(at(3, 2));
    assertThat(group.termAt(2)).isEqualTo(new Term(2));
    assertThat(group.cached(1, 3)).contains(TestNode.entries(1, 3, 2));
    assertThat(group.durableTicket()).isZero();
  }

  @Test
  @DisplayName("drops everything when compacted to a place that it doesn't hold")
  void dropsEverythingWhenCompactedAhead() {
    group.append(TestNode.entries(1, 5, 1));

    group.compactTo(at(9, 3));

    assertThat(group.base()).isEqualTo(at(9, 3)).isEqualTo(group.last());
    group.append(TestNode.entries(10, 11, 3));
    node.tasks.runAll();
    node.restart();
    GroupLog again = node.group(TestNode.G1);
    assertThat(again.base()).isEqualTo(at(9, 3));
    assertThat(node.entries(again)).isEqualTo(TestNode.entries(10, 11, 3));
  }

  @Test
  @DisplayName("doesn't take the report of a truncated entry for that of its successor")
  void ticketsNameWrites() {
    var told = new Told();
    group.listener(told);
    long old = group.append(TestNode.entries(1, 1, 1));
    group.truncateFrom(1);
    long successor = group.append(TestNode.entries(1, 1, 2));

    assertThat(successor).isGreaterThan(old);
    node.tasks.runAll();
    assertThat(told.last()).isEqualTo(successor);
  }

  @Test
  @DisplayName("refuses a payload over the bound, and appends nothing then")
  void refusesALargePayload() {
    List<Entry> entries = List.of(TestNode.entry(1, 1, 10), TestNode.entry(2, 1, 2049));

    assertThatThrownBy(() -> group.append(entries))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.log.entry-bytes-max (2048)");
    assertThat(group.last()).isEqualTo(LogPosition.ZERO);
  }

  @Test
  @DisplayName(
      "calls itself busy while more is queued than the bound, and takes writes all the same")
  void isBusyOverTheBound() {
    for (long i = 1; i <= 8; i++) {
      group.append(List.of(TestNode.entry(i, 1, 2048)));
    }

    assertThat(group.isBusy()).isTrue();
    node.tasks.runAll();
    assertThat(group.isBusy()).isFalse();
    assertThat(node.log().queuedBytes()).isZero();
  }

  @Test
  @DisplayName("keeps recent entries within the bound over all groups, the oldest going first")
  void recentEntriesAreBounded() {
    GroupLog other = node.group(TestNode.G2);
    group.append(List.of(TestNode.entry(1, 1, 1000)));
    other.append(List.of(TestNode.entry(1, 1, 1000)));
    other.append(List.of(TestNode.entry(2, 1, 1000)));
    assertThat(group.cached(1, 1)).isPresent();

    other.append(List.of(TestNode.entry(3, 1, 1500)));

    assertThat(group.cached(1, 1)).isEmpty();
    assertThat(other.cached(2, 3)).isPresent();
  }

  @Test
  @DisplayName("holds no entry in memory that was delivered; it is on disk")
  void deliveredEntriesAreNotCached() {
    group.append(TestNode.entries(1, 3, 1));

    group.delivered(2);

    assertThat(group.cached(2, 3)).isEmpty();
    assertThat(group.cached(3, 3)).isPresent();
    group.append(TestNode.entries(4, 4, 1));
    assertThat(group.cached(3, 4)).isPresent();
    group.delivered(9);
    assertThat(group.cached(4, 4)).isEmpty();
    assertThat(group.last().index()).isEqualTo(4);
  }

  @Test
  @DisplayName("doesn't hold a truncated entry in memory")
  void truncatedEntriesAreNotCached() {
    group.append(TestNode.entries(1, 3, 1));
    group.truncateFrom(2);
    group.append(TestNode.entries(2, 2, 2));

    assertThat(group.cached(1, 3)).isEqualTo(Optional.empty());
    assertThat(group.cached(2, 2)).contains(TestNode.entries(2, 2, 2));
  }

  @Test
  @DisplayName("says that entries are gone when they were compacted before they were read")
  void saysThatEntriesAreGone() {
    group.append(TestNode.entries(1, 3, 1));
    node.tasks.runAll();
    List<GroupLog.ReadResult> results = new ArrayList<>();
    group.read(1, 3, results::add);
    group.compactTo(at(2, 1));

    node.tasks.runAll();

    assertThat(results).containsExactly(new GroupLog.ReadResult.Gone());
  }

  @Test
  @DisplayName("waits with a read until the entries are durable")
  void readsWaitForDurability() {
    node.tasks.runAll();
    group.append(TestNode.entries(1, 3, 1));

    assertThat(node.read(group, 1, 3))
        .isEqualTo(new GroupLog.ReadResult.Entries(TestNode.entries(1, 3, 1)));
  }

  @Test
  @DisplayName("begins anew after its group was removed, also after a restart")
  void beginsAnewAfterRemoval() {
    group.append(TestNode.entries(1, 3, 1));
    group.save(Bytes.utf8("vote"));
    node.tasks.runAll();

    node.log().remove(TestNode.G1);

    GroupLog anew = node.group(TestNode.G1);
    assertThat(anew.last()).isEqualTo(LogPosition.ZERO);
    assertThat(anew.saved()).isEmpty();
    anew.append(TestNode.entries(1, 1, 7));
    node.tasks.runAll();
    node.restart();
    assertThat(node.entries(node.group(TestNode.G1))).isEqualTo(TestNode.entries(1, 1, 7));
    assertThatThrownBy(() -> group.save(Bytes.EMPTY)).isInstanceOf(InvariantViolation.class);
  }

  private static LogPosition at(long index, long term) {
    return new LogPosition(index, new Term(term));
  }
}
