package dev.synod.zab.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Entry;
import dev.synod.core.Term;
import dev.synod.zab.protocol.ZabMessage;
import dev.synod.zab.protocol.ZabMessage.Propose;
import dev.synod.zab.protocol.ZabMessage.Truncate;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What went wrong with ZooKeeper, and must not here")
class ZabKnownFailuresTest {

  private static ZabWorld established(int voters) {
    var world = new ZabWorld(0, voters, 0, ZabWorld.LIMITS);
    world.beginAll();
    world.settle();
    world.tick(one -> true);
    return world;
  }

  private static Predicate<ZabReplica> without(ZabWorld world, long... ids) {
    return one -> {
      for (long id : ids) {
        if (one == world.replica(id)) {
          return false;
        }
      }
      return true;
    };
  }

  private static void commands(ZabWorld world, long at, int count) {
    for (int i = 0; i < count; i++) {
      world.command(world.replica(at));
      world.settle();
    }
  }

  private static List<Long> epochsOf(ZabReplica replica) {
    return replica.applied().stream().map(Entry::term).map(Term::number).toList();
  }

  /** s3 leads, has a tail of two that nobody else has, and is cut off. The others go on. */
  private static ZabWorld divided() {
    var world = established(3);
    commands(world, 3, 2);
    world.command(world.replica(3));
    world.command(world.replica(3));
    world.replica(3).durable(9);
    world.loseAll();
    world.replica(1).perform(world.replica(1).joined().get().leaderSilent());
    world.replica(2).perform(world.replica(2).joined().get().leaderSilent());
    world.settle(without(world, 3));
    for (int i = 0; i < 3; i++) {
      world.tick(without(world, 3));
    }
    return world;
  }

  @Test
  @DisplayName("ACK before fsync: who has lost what it had in memory has not acknowledged it")
  void ackBeforeFsync() {
    var world = established(3);
    world.replica(2).crash();
    world.command(world.replica(3));
    world.settleMessages();
    world.replica(3).durable(9);
    world.settleMessages();

    assertThat(world.witness().committed()).isZero();
    world.replica(1).crash();
    world.replica(3).crash();
    world.heal();
    assertThat(epochsOf(world.replica(1))).isEqualTo(epochsOf(world.replica(3)));
  }

  @ParameterizedTest(name = "after {0} writes")
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  @DisplayName("epoch before transactions: a follower that dies in the middle of DIFF")
  void diesInTheMiddleOfDiff(int writes) {
    var world = divided();
    commands(world, 2, 3);
    world.replica(3).crash();
    world.replica(3).restart();

    diesAfter(world, writes);
  }

  @ParameterizedTest(name = "after {0} writes")
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("SNAP not persisted, then DIFF: a follower that dies in the middle of SNAP and DIFF")
  void diesInTheMiddleOfSnap(int writes) {
    var world = divided();
    commands(world, 2, 3);
    world.replica(2).compact();
    commands(world, 2, 2);
    world.replica(3).crash();
    world.replica(3).restart();

    diesAfter(world, writes);
    assertThat(world.transcript()).contains("s2 -> s3 State");
  }

  @Test
  @DisplayName("a window full of what is lost and compacted away: SNAP, and not silence")
  void windowIsLostAndCompacted() {
    var world = established(3);
    for (int i = 0; i < 2 * ZabWorld.LIMITS.entriesInFlightMax(); i++) {
      world.command(world.replica(3));
      world.settle(without(world, 1));
    }
    world.replica(3).compact();
    world.tick(one -> true);
    world.tick(one -> true);

    assertThat(world.transcript()).contains("s3 -> s1 State");
    assertThat(epochsOf(world.replica(1))).isEqualTo(epochsOf(world.replica(3)));
  }

  /** s3 is brought up to date, so many of its writes become durable, and it crashes. */
  private static void diesAfter(ZabWorld world, int writes) {
    var s3 = world.replica(3);
    for (int i = 0; i < writes; i++) {
      for (int j = 0; j < 4; j++) {
        world.settleMessages();
        s3.joined().ifPresent(joined -> s3.perform(joined.joinDue()));
        s3.looking().ifPresent(looking -> s3.perform(looking.electionDue()));
      }
      s3.durable(1);
    }
    world.settleMessages();
    s3.crash();

    boolean hasEpoch = s3.disk.epochs().current().number() > 1;
    if (hasEpoch) {
      var start = world.replica(2).leading().get().start();
      assertThat(Histories.holds(s3.disk, start)).as("%s holds %s", s3, start).isTrue();
    }
    s3.restart();
    world.heal();
    assertThat(epochsOf(s3)).isEqualTo(epochsOf(world.replica(2)));
  }

  @Test
  @DisplayName("a hole in a log is never written, so it can't be propagated by a later leader")
  void holePropagated() {
    var world = established(3);
    world.replica(2).crash();
    world.command(world.replica(3));
    world.lose(Propose.class::isInstance);
    world.command(world.replica(3));
    var second = world.sent(Propose.class).get(world.sent(Propose.class).size() - 1);
    world.loseAll();
    world.replica(1).receive(second);

    assertThat(second.previous().index()).isEqualTo(1);
    assertThat(world.replica(1).disk.last().index()).isZero();
    world.loseAll();
    world.replica(3).crash();
    world.replica(2).restart();
    world.settle();
    for (int i = 0; i < 2; i++) {
      world.replica(1).joined().ifPresent(one -> world.replica(1).perform(one.leaderSilent()));
      world.tick(without(world, 3));
    }
    world.heal();
    assertThat(epochsOf(world.replica(1))).isEqualTo(epochsOf(world.replica(2)));
  }

  @Test
  @DisplayName("a leader with an uncommitted tail comes back as a follower: TRUNC, across an epoch")
  void uncommittedTail() {
    var world = divided();
    commands(world, 2, 1);
    world.forgetSent();
    assertThat(world.replica(3).disk.epochsOfEntries()).containsExactly(1L, 1L, 1L, 1L);

    world.replica(3).crash();
    world.heal();

    assertThat(world.sent(Truncate.class)).isNotEmpty();
    assertThat(epochsOf(world.replica(3)).subList(0, 3)).containsExactly(1L, 1L, 2L);
  }

  @Test
  @DisplayName("nothing of an old leader is taken once a newer epoch is accepted")
  void oldLeaderIsNotHeard() {
    var world = divided();
    var s1 = world.replica(1);
    var before = s1.disk.last();

    world.command(world.replica(3));
    world.settle();

    assertThat(s1.disk.last()).isEqualTo(before);
    assertThat(world.witness().committed()).isEqualTo(2);
  }

  @Test
  @DisplayName("a server with a newer log that nobody knows of joins a live quorum, and loses it")
  void looksWhileAQuorumLives() {
    var world = divided();
    var s3 = world.replica(3);
    s3.crash();
    s3.restart();

    world.settle();
    world.tick(one -> true);
    world.tick(one -> true);

    assertThat(world.replica(2).leading()).isPresent();
    assertThat(s3.role()).isInstanceOf(Following.class);
    assertThat(s3.disk.epochsOfEntries()).containsExactly(1L, 1L);
  }

  @Test
  @DisplayName("all restart at once with different tails: what was committed is all still there")
  void allRestart() {
    var world = divided();
    commands(world, 2, 2);
    world.command(world.replica(2));
    world.replica(2).durable(9);
    world.loseAll();

    world.replicas().forEach(ZabReplica::crash);
    world.heal();

    assertThat(epochsOf(world.replica(3)).subList(0, 4)).containsExactly(1L, 1L, 2L, 2L);
    assertThat(world.replicas()).allMatch(one -> one.applied().equals(s(world, 1).applied()));
  }

  private static ZabReplica s(ZabWorld world, long id) {
    return world.replica(id);
  }

  @Test
  @DisplayName(
      "global primary order: no transaction of a later leader is delivered before one of an"
          + " earlier")
  void globalPrimaryOrder() {
    var world = divided();
    commands(world, 2, 2);
    world.heal();

    for (ZabReplica one : world.replicas()) {
      assertThat(epochsOf(one)).isSorted();
    }
  }

  @Test
  @DisplayName("primary integrity: a new leader has delivered all of its predecessors' first")
  void primaryIntegrity() {
    var world = established(3);
    commands(world, 3, 2);
    world.replica(3).crash();
    world.replica(1).perform(world.replica(1).joined().get().leaderSilent());
    world.replica(2).perform(world.replica(2).joined().get().leaderSilent());
    world.settle();
    for (int i = 0; i < 3; i++) {
      world.tick(one -> true);
    }

    var leader = world.replica(2).leading().get();
    assertThat(leader.takesProposals()).isTrue();
    assertThat(leader.commitIndex()).isEqualTo(2);
    assertThat(world.replica(2).applied()).hasSize(2);
  }

  @Test
  @DisplayName("a transaction that any server has delivered is delivered by all")
  void agreement() {
    var world = established(5);
    world.command(world.replica(5));
    world.settle(without(world, 1, 2));
    assertThat(world.witness().committed()).isEqualTo(1);

    world.replica(5).crash();
    world.replica(4).crash();
    world.heal();

    assertThat(world.replicas()).allMatch(one -> epochsOf(one).get(0) == 1L);
  }

  @Test
  @DisplayName("a transaction that only a dead leader logged is discarded when it comes back")
  void discardedWhenItRejoins() {
    var world = divided();
    var tail = world.replica(3).disk.entries(3, 4);
    assertThat(tail).hasSize(2);

    world.replica(3).crash();
    world.heal();

    assertThat(world.replica(3).applied()).doesNotContainAnyElementsOf(tail);
  }

  @Test
  @DisplayName("doubled and late words of phase 2 take back nothing that was acknowledged")
  void lateTruncate() {
    var world = divided();
    commands(world, 2, 2);
    world.replica(3).crash();
    world.heal();
    var s3 = world.replica(3);
    var joined = s3.joined().orElseThrow();
    var epoch = joined.epochs().accepted();
    var from = joined.tie().leader();

    var late = joined.truncate(new Truncate(from, epoch, dev.synod.core.LogPosition.ZERO));
    var again = joined.newEpoch(new ZabMessage.NewEpoch(from, epoch));

    assertThat(late.effects()).isEmpty();
    assertThat(again.after()).isEqualTo(joined);
  }

  @Test
  @DisplayName("NEWLEADER that overtakes TRUNC does not make a longer log the leader's")
  void newLeaderBeforeTruncate() {
    var world = divided();
    var s3 = world.replica(3);
    s3.crash();
    s3.restart();
    var leader = world.replica(2).leading().get();
    var joined = Joined.joining(s3.looking().get(), leader.self()).after();
    var accepted = joined.newEpoch(new ZabMessage.NewEpoch(leader.self(), leader.epoch())).after();

    var early =
        accepted.newLeader(new ZabMessage.NewLeader(leader.self(), leader.epoch(), leader.start()));

    assertThat(Histories.holds(s3.disk, leader.start())).isTrue();
    assertThat(s3.disk.last()).isNotEqualTo(leader.start());
    assertThat(early.after().epochs().current()).isEqualTo(new Term(1));
  }
}
