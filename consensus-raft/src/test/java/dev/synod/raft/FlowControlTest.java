package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.accepted;
import static dev.synod.raft.RaftFixture.appendsTo;
import static dev.synod.raft.RaftFixture.group;
import static dev.synod.raft.RaftFixture.hear;
import static dev.synod.raft.RaftFixture.leader;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.progress;
import static dev.synod.raft.RaftFixture.propose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Priority;
import dev.synod.raft.rules.ReplicationLimits;
import dev.synod.raft.rules.Server;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is under way to one follower is bounded in appends, entries and bytes")
class FlowControlTest {

  @Test
  @DisplayName("while probing, one append at a time")
  void oneProbeAtATime() {
    var log = log();
    var s1 = leader(with(log, new ReplicationLimits(1, 100, 5)), 5, log);

    var step = propose(s1, log, "a", "b", "c");

    assertThat(appendsTo(S2, step)).isEmpty();
  }

  @Test
  @DisplayName(
      "in a pipeline, as many unanswered appends as allowed, and each answer lets one follow")
  void appendsInFlight() {
    var log = log();
    var s1 = replicating(log, new ReplicationLimits(1, 100, 3));

    var five = propose(s1, log, "a", "b", "c", "d", "e");
    var answered = hear(five.after(), accepted(S2, 5, 2));
    var twoAnswered = hear(answered.after(), accepted(S2, 5, 4));

    assertThat(appendsTo(S2, five)).extracting(s -> s.lastIndex()).containsExactly(2L, 3L, 4L);
    assertThat(appendsTo(S2, answered)).extracting(s -> s.lastIndex()).containsExactly(5L);
    assertThat(appendsTo(S2, twoAnswered)).extracting(s -> s.lastIndex()).containsExactly(6L);
  }

  @Test
  @DisplayName("no more entries in one append than allowed")
  void entriesPerAppend() {
    var log = log();
    var s1 = replicating(log, new ReplicationLimits(2, 100, 9));

    var step = propose(s1, log, "a", "b", "c", "d", "e");

    assertThat(appendsTo(S2, step)).extracting(s -> s.lastIndex()).containsExactly(3L, 5L, 6L);
  }

  @Test
  @DisplayName("no more payload bytes in one append than allowed")
  void bytesPerAppend() {
    var log = log();
    var s1 = replicating(log, new ReplicationLimits(9, 10, 9));

    var step = propose(s1, log, "12345", "67890", "1", "123456789", "1");

    assertThat(appendsTo(S2, step)).extracting(s -> s.lastIndex()).containsExactly(3L, 5L, 6L);
  }

  @Test
  @DisplayName("an entry larger than the bound travels alone")
  void oversizedEntriesTravelAlone() {
    var log = log();
    var s1 = replicating(log, new ReplicationLimits(9, 10, 9));

    var step = propose(s1, log, "1", "123456789012345", "2", "123456789012345");

    assertThat(appendsTo(S2, step)).extracting(s -> s.lastIndex()).containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  @DisplayName("under losses and overtaking, no bound is ever exceeded")
  void boundsHoldUnderFaults() {
    var limits = new ReplicationLimits(3, 20, 4);
    for (long seed = 1; seed <= 100; seed++) {
      var random = new Random(seed);
      var cluster = Cluster.of(3, limits);
      cluster.elect(S1);
      for (int i = 0; i < 60; i++) {
        cluster.propose(S1, "x".repeat(1 + random.nextInt(30)));
        Collections.shuffle(cluster.inTransit, random);
        for (int some = random.nextInt(6); some > 0; some--) {
          cluster.deliverOne(any -> true);
        }
        for (var envelope : cluster.inTransit) {
          if (envelope.message() instanceof AppendEntries append) {
            assertThat(append.entries()).hasSizeLessThanOrEqualTo(limits.entriesPerAppendMax());
            long bytes = append.entries().stream().mapToLong(e -> e.payload().length()).sum();
            assertThat(append.entries().size() == 1 || bytes <= limits.bytesPerAppendMax())
                .isTrue();
          }
        }
        for (var follower : List.of(S2, S3)) {
          assertThat(progress(cluster.leader(S1), follower).appendsInFlight())
              .isLessThanOrEqualTo(limits.appendsInFlightMax());
        }
      }
    }
  }

  @Test
  @DisplayName("limits below one are refused, and all three are named")
  void limitsAreChecked() {
    assertThatThrownBy(() -> new ReplicationLimits(1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes-per-append-max (0)");
    assertThatThrownBy(() -> new ReplicationLimits(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ReplicationLimits(1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Server with(ListLog log, ReplicationLimits limits) {
    return Server.of(S1, group(3), log, limits, Priority.of(1));
  }

  private static Leader replicating(ListLog log, ReplicationLimits limits) {
    return (Leader) hear(leader(with(log, limits), 5, log), accepted(S2, 5, 1)).after();
  }
}
