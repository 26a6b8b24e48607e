package dev.synod.zab.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.zab.protocol.ZabMessage;
import dev.synod.zab.protocol.ZabMessage.Ack;
import dev.synod.zab.protocol.ZabMessage.AckEpoch;
import dev.synod.zab.protocol.ZabMessage.AckNewLeader;
import dev.synod.zab.protocol.ZabMessage.Commit;
import dev.synod.zab.protocol.ZabMessage.NewEpoch;
import dev.synod.zab.protocol.ZabMessage.NewLeader;
import dev.synod.zab.protocol.ZabMessage.Propose;
import dev.synod.zab.protocol.ZabMessage.Truncate;
import dev.synod.zab.protocol.ZabMessage.UpToDate;
import dev.synod.zab.protocol.Zxid;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Zab §V-B: discovery, synchronization, broadcast")
class ZabPhasesTest {

  private static ZabWorld established(int voters, int observers) {
    var world = new ZabWorld(0, voters, observers, ZabWorld.LIMITS);
    world.beginAll();
    world.settle();
    world.tick(one -> true);
    world.tick(one -> true);
    return world;
  }

  private static Leading leader(ZabWorld world) {
    return world.replicas().stream().flatMap(one -> one.leading().stream()).findFirst().get();
  }

  private static ZabReplica leading(ZabWorld world) {
    return world.replicas().stream().filter(one -> one.leading().isPresent()).findFirst().get();
  }

  @Test
  @DisplayName("three that start: election, discovery, synchronization, in this order")
  void diagramOfRecovery() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    world.beginAll();
    world.settle();

    var after = world.transcript().lines().filter(line -> !line.contains("Notification")).toList();
    assertThat(after)
        .containsExactlyInAnyOrder(
            "s2 -> s3 FollowerEpoch",
            "s1 -> s3 FollowerEpoch",
            "s3 -> s2 NewEpoch",
            "s3 -> s1 NewEpoch",
            "s2 -> s3 AckEpoch",
            "s1 -> s3 AckEpoch",
            "s3 -> s2 NewLeader",
            "s3 -> s1 NewLeader",
            "s2 -> s3 AckNewLeader",
            "s1 -> s3 AckNewLeader",
            "s3 -> s2 UpToDate",
            "s3 -> s1 UpToDate");
    assertThat(world.replicas()).allMatch(one -> one.role().phase() == Phase.BROADCAST);
    assertThat(world.replica(1).disk.durableEpochs().current()).isEqualTo(new Term(1));
  }

  @Test
  @DisplayName("one transaction: proposals, acknowledgements, commits; observers are informed")
  void diagramOfBroadcast() {
    var world = established(3, 1);
    world.forgetSent();

    world.command(world.replica(3));
    world.settle();

    assertThat(world.transcript().lines().toList())
        .containsExactlyInAnyOrder(
            "s3 -> s1 Propose",
            "s3 -> s2 Propose",
            "s1 -> s3 Ack",
            "s2 -> s3 Ack",
            "s3 -> s1 Commit",
            "s3 -> s2 Commit",
            "s3 -> s4 Inform",
            "s4 -> s3 Ack");
    assertThat(world.replicas()).allMatch(one -> one.applied().size() == 1);
  }

  @Test
  @DisplayName("phase 1: the epoch is later than all that a quorum has accepted")
  void epochIsLater() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    world.replica(1).disk.save(new Epochs(new Term(6), Term.ZERO));
    world.replica(1).durable(1);
    world.beginAll();
    world.settle();

    assertThat(leader(world).epoch()).isEqualTo(new Term(7));
  }

  @Test
  @DisplayName("phase 1: a leader that finds out about a later epoch afterwards finds a later one")
  void laterEpochTurnsUp() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    world.replica(1).disk.save(new Epochs(new Term(6), Term.ZERO));
    world.replica(1).durable(1);
    world.replica(1).crash();
    world.replica(2).begin();
    world.replica(3).begin();
    world.settle();
    world.tick(one -> true);
    assertThat(leader(world).epoch()).isEqualTo(new Term(1));

    world.replica(1).restart();
    world.settle();
    world.calm(12);

    assertThat(leader(world).epoch()).isEqualTo(new Term(7));
    assertThat(world.replicas()).allMatch(one -> one.role().phase() == Phase.BROADCAST);
  }

  @Test
  @DisplayName("phase 1: nobody hears of an epoch before its leader's own acceptance is durable")
  void ownAcceptanceFirst() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    world.beginAll();
    world.settleMessages();

    assertThat(world.sent(NewEpoch.class)).isEmpty();
    world.replica(3).durable(1);
    assertThat(world.sent(NewEpoch.class)).hasSize(2);
  }

  @Test
  @DisplayName(
      "phase 1: an epoch that was accepted for another leader does not count, but is joined")
  void acceptedBefore() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    var s1 = world.replica(1);
    s1.disk.save(new Epochs(new Term(1), Term.ZERO));
    s1.durable(1);
    var joined = Joined.joining(ready(s1), StoreId.of(3)).after();

    var step = joined.newEpoch(new NewEpoch(StoreId.of(3), new Term(1)));

    assertThat(acks(step)).matches(ack -> !ack.counts());
    assertThat(step.after().phase()).isEqualTo(Phase.SYNCHRONIZATION);
    assertThat(joined.newEpoch(new NewEpoch(StoreId.of(3), Term.ZERO)).effects()).isEmpty();
  }

  private static Looking ready(ZabReplica replica) {
    var server = replica.role().server();
    return Looking.atStart(server, replica.disk.epochs(), 0);
  }

  private static AckEpoch acks(Step step) {
    return step.effects().stream()
        .filter(Effect.WhenDurable.class::isInstance)
        .map(effect -> ((Effect.Send) ((Effect.WhenDurable) effect).effect()).message())
        .map(AckEpoch.class::cast)
        .findFirst()
        .get();
  }

  @Test
  @DisplayName("phase 1: a leader gives up when one that counts has a newer history")
  void newerHistory() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    world.beginAll();
    world.settleMessages();
    world.replica(3).durable(9);
    var found = world.replica(3).role();
    var newer = new dev.synod.core.LogPosition(1, new Term(1));

    var ahead = new AckEpoch(StoreId.of(1), new Term(1), true, Term.ZERO, newer);
    var uncounted = new AckEpoch(StoreId.of(1), new Term(1), false, Term.ZERO, newer);

    assertThat(found.ackEpoch(ahead).after()).isInstanceOf(Looking.class);
    assertThat(found.ackEpoch(uncounted).after()).isInstanceOf(Leading.class);
  }

  @Test
  @DisplayName("phase 2: no proposals before a quorum has acknowledged NEWLEADER")
  void refusesBeforeQuorum() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    world.beginAll();
    world.settle(one -> true);
    var fresh = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    fresh.beginAll();
    for (int i = 0; i < 40 && fresh.sent(NewLeader.class).isEmpty(); i++) {
      fresh.settleMessages();
      fresh.replicas().forEach(one -> one.durable(1));
    }

    assertThat(fresh.sent(NewLeader.class)).isNotEmpty();
    assertThat(leader(fresh).takesProposals()).isFalse();
    assertThat(leader(world).takesProposals()).isTrue();
  }

  @Test
  @DisplayName("phase 2: DIFF for who lacks transactions, before and after the initial history")
  void diff() {
    var world = established(3, 0);
    world.replica(1).crash();
    for (int i = 0; i < 5; i++) {
      world.command(world.replica(3));
      world.settle();
    }
    world.forgetSent();

    world.replica(1).restart();
    world.settle();
    world.tick(one -> true);

    assertThat(world.sent(Propose.class)).isNotEmpty();
    assertThat(world.sent(Truncate.class)).isEmpty();
    assertThat(world.replica(1).applied()).hasSize(5);
  }

  @Test
  @DisplayName("phase 2: SNAP for who lacks what is compacted away, then DIFF")
  void snap() {
    var world = established(3, 0);
    world.replica(1).crash();
    for (int i = 0; i < 5; i++) {
      world.command(world.replica(3));
      world.settle();
    }
    world.replica(3).compact();
    world.command(world.replica(3));
    world.settle();
    world.forgetSent();

    world.replica(1).restart();
    world.settle();
    world.tick(one -> true);

    assertThat(world.transcript()).contains("s3 -> s1 State").contains("s3 -> s1 Propose");
    assertThat(world.replica(1).applied()).hasSize(6);
    assertThat(world.replica(1).disk.base().index()).isEqualTo(5);
  }

  @Test
  @DisplayName("phase 2: nothing is acknowledged before it is durable, the epoch last")
  void durableBeforeAcknowledged() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    world.beginAll();
    world.settleMessages();
    world.replica(3).durable(9);
    world.settleMessages();
    var s1 = world.replica(1);

    assertThat(world.sent(AckEpoch.class)).isEmpty();
    s1.durable(1);
    assertThat(world.sent(AckEpoch.class)).hasSize(1);
    world.settleMessages();
    world.replica(3).durable(9);
    world.settleMessages();

    assertThat(s1.role().epochs().current()).isEqualTo(new Term(1));
    assertThat(world.sent(AckNewLeader.class)).isEmpty();
    s1.durable(1);
    assertThat(world.sent(AckNewLeader.class)).hasSize(1);
  }

  @Test
  @DisplayName("phase 2: a server that joins late serves once it has what was committed then")
  void upToDate() {
    var world = established(3, 0);
    world.replica(1).crash();
    for (int i = 0; i < 20; i++) {
      world.command(world.replica(3));
      world.settle();
    }
    world.replica(1).restart();
    world.forgetSent();
    world.settle();
    world.tick(one -> true);

    var told = world.sent(UpToDate.class);
    assertThat(told).isNotEmpty().allMatch(one -> one.commitIndex() == 20);
    assertThat(world.replica(1).role().phase()).isEqualTo(Phase.BROADCAST);
  }

  @Test
  @DisplayName("phase 3: proposals of one leader are delivered in their order")
  void localPrimaryOrder() {
    var world = established(5, 0);
    for (int i = 0; i < 12; i++) {
      world.command(world.replica(5));
    }
    world.settle();
    world.tick(one -> true);

    for (ZabReplica one : world.replicas()) {
      assertThat(one.applied()).extracting(entry -> entry.index()).isSorted().hasSize(12);
      assertThat(one.applied()).isEqualTo(world.replica(5).applied());
    }
  }

  @Test
  @DisplayName("phase 3: a gap is not written, and is told")
  void gap() {
    var world = established(3, 0);
    world.command(world.replica(3));
    world.lose(Propose.class::isInstance);
    world.command(world.replica(3));
    world.settle();

    assertThat(world.sent(ZabMessage.Behind.class)).isNotEmpty();
    assertThat(world.replicas()).allMatch(one -> one.applied().size() == 2);
  }

  @Test
  @DisplayName("phase 3: what a quorum has is committed, with or without the leader's own disk")
  void quorumWithoutLeader() {
    var world = established(3, 0);
    world.command(world.replica(3));
    world.settleMessages();
    world.replica(1).durable(1);
    world.replica(2).durable(1);
    world.settleMessages();

    assertThat(leader(world).commitIndex()).isEqualTo(1);
    assertThat(leader(world).ownMatch()).isZero();
  }

  @Test
  @DisplayName("phase 3: one acknowledgement of five is not enough, two are")
  void quorum() {
    var world = established(5, 0);
    world.command(world.replica(5));
    world.settleMessages();
    world.replica(5).durable(1);
    world.replica(1).durable(1);
    world.settleMessages();
    assertThat(world.sent(Ack.class)).hasSize(1);
    assertThat(leader(world).commitIndex()).isZero();

    world.replica(2).durable(1);
    world.settleMessages();
    assertThat(leader(world).commitIndex()).isEqualTo(1);
    assertThat(world.sent(Commit.class)).isNotEmpty();
  }

  @Test
  @DisplayName("five observers change neither the quorum nor what a write costs the others")
  void observersCostNothing() {
    var without = established(3, 0);
    var with = established(3, 5);
    without.forgetSent();
    with.forgetSent();

    without.command(leading(without));
    without.settle();
    with.command(leading(with));
    with.settle();

    assertThat(with.sent(Propose.class)).hasSameSizeAs(without.sent(Propose.class));
    assertThat(with.sent(Commit.class)).hasSameSizeAs(without.sent(Commit.class));
    assertThat(with.sent(ZabMessage.Inform.class)).hasSize(5);
    assertThat(with.replicas()).allMatch(one -> one.applied().size() == 1);
  }

  @Test
  @DisplayName("no observer is waited for")
  void observersMayBeDown() {
    var world = established(3, 2);
    world.replica(4).crash();
    world.replica(5).crash();

    world.command(leading(world));
    world.settle();

    assertThat(world.witness().committed()).isEqualTo(1);
  }

  @Test
  @DisplayName("zxid: the counter begins anew with each epoch, and its end is the epoch's")
  void rollOver() {
    var limits = new ZabLimits(2, 1000, 4, 3);
    var world = new ZabWorld(0, 3, 0, limits);
    world.beginAll();
    world.settle();
    var s3 = world.replica(3);
    for (int i = 0; i < 3; i++) {
      assertThat(leader(world).room()).isEqualTo(3 - i);
      world.command(s3);
      world.settle();
    }
    world.calm(12);

    assertThat(leader(world).epoch()).isEqualTo(new Term(2));
    assertThat(leader(world).room()).isEqualTo(3);
    world.command(leading(world));
    world.settle();
    assertThat(leader(world).zxidOf(4)).isEqualTo(new Zxid(2, 1));
    assertThat(world.witness().committed()).isEqualTo(4);
  }
}
