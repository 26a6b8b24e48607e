package dev.synod.zab.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.ChangeRequest;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.MembershipChange;
import dev.synod.core.MembershipChange.AddLearner;
import dev.synod.core.MembershipChange.AddVoter;
import dev.synod.core.MembershipChange.Remove;
import dev.synod.core.StoreId;
import dev.synod.zab.protocol.ZabMessage.Notification;
import dev.synod.zab.protocol.ZabMessage.Propose;
import dev.synod.zab.protocol.ZabMessage.RemovalNotice;
import dev.synod.zab.protocol.ZabMessage.Successor;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who belongs to a group of ZAB (Shraer et al. 2012; Ongaro and Ousterhout 2014, §6)")
class ZabMembersTest {

  private static StoreId s(long id) {
    return StoreId.of(id);
  }

  private static ZabWorld established(int voters, int observers) {
    var world = new ZabWorld(0, voters, observers, ZabWorld.LIMITS);
    world.beginAll();
    world.settle();
    calm(world, 2, one -> true);
    return world;
  }

  private static void calm(ZabWorld world, int rounds, Predicate<ZabReplica> connected) {
    for (int i = 0; i < rounds; i++) {
      world.tick(connected);
    }
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

  private static void change(ZabWorld world, long leader, MembershipChange... wanted) {
    var replica = world.replica(leader);
    world.change(replica, replica.leading().orElseThrow(), wanted);
  }

  private static List<String> voters(ZabReplica replica) {
    return replica.newest().voters().stream().map(one -> one.store().toString()).toList();
  }

  private static long configurations(ZabReplica replica) {
    return replica.applied().stream()
        .filter(entry -> entry.kind() == EntryKind.CONFIGURATION)
        .count();
  }

  @Test
  @DisplayName("an observer votes once it has caught up, by way of a joint membership")
  void observerVotes() {
    var world = established(3, 1);
    world.command(world.replica(3));
    world.settle();
    assertThat(world.replica(4).role()).isInstanceOf(Observing.class);

    change(world, 3, new AddVoter(s(4)));
    world.settle();

    var leader = world.replica(3).leading().orElseThrow();
    assertThat(leader.server().configuration().isChanging()).isFalse();
    assertThat(leader.server().configuration().isVoter(s(4))).isTrue();
    assertThat(configurations(world.replica(3))).isEqualTo(3);
    assertThat(world.replica(4).role()).isInstanceOf(Following.class);
  }

  @Test
  @DisplayName("while joint, nothing is committed without both majorities")
  void bothMajorities() {
    var world = established(3, 2);
    change(world, 3, new AddVoter(s(4)), new AddVoter(s(5)), new Remove(s(1)), new Remove(s(2)));
    settleDisks(world, 1, 2, 3);
    world.replica(4).durable(99);
    world.replica(5).durable(99);
    settleDisks(world, 1, 2, 3);
    var joint = world.replica(3).leading().orElseThrow();

    assertThat(joint.server().configuration().membership().isJoint()).isTrue();
    assertThat(joint.commitIndex()).isEqualTo(joint.server().log().last().index() - 1);
    settleDisks(world, 4);
    assertThat(world.replica(3).role().commitIndex()).isGreaterThan(joint.commitIndex());
    world.settle();
    assertThat(voters(world.replica(4))).hasSize(3).doesNotContain(s(1).toString());
  }

  /** Messages arrive, and these disks write. */
  private static void settleDisks(ZabWorld world, long... ids) {
    for (int i = 0; i < 4; i++) {
      world.settleMessages();
      for (long id : ids) {
        world.replica(id).durable(99);
      }
    }
    world.settleMessages();
  }

  @Test
  @DisplayName("one change at a time, and only by a leader that has a quorum")
  void oneAtATime() {
    var world = established(3, 2);
    var leader = world.replica(3);
    var request =
        new ChangeRequest(
            new UUID(0, 9), 1, List.of(new AddVoter(s(5))), leader.newest().members());
    change(world, 3, new AddVoter(s(4)));

    var busy = Reconfiguration.objection(leader.leading().orElseThrow(), request);
    world.settle();
    var old = Reconfiguration.objection(leader.leading().orElseThrow(), request);
    var elected = Leading.elected(Looking.atStart(leader.role().server(), Epochs.INITIAL, 0));
    var early = Reconfiguration.objection((Leading) elected.after(), request);

    assertThat(busy.orElseThrow().passes()).isTrue();
    assertThat(old.orElseThrow().passes()).isFalse();
    assertThat(early.orElseThrow().passes()).isTrue();
  }

  @Test
  @DisplayName("there are no witnesses")
  void noWitnesses() {
    var world = established(3, 0);
    var leading = world.replica(3).leading().orElseThrow();
    var request =
        new ChangeRequest(
            new UUID(0, 1),
            1,
            List.of(new MembershipChange.AddWitness(s(9))),
            leading.server().configuration().members());

    assertThat(Reconfiguration.objection(leading, request).orElseThrow().text())
        .contains("no witnesses");
  }

  @Test
  @DisplayName("a configuration counts as soon as it is written, and no more once it is cut off")
  void truncated() {
    var world = established(3, 1);
    change(world, 3, new Remove(s(4)));
    world.replica(3).durable(9);
    world.loseAll();
    assertThat(world.replica(3).newest().version()).isEqualTo(2);
    assertThat(world.replica(3).role().server().configuration().version()).isEqualTo(2);

    world.replica(1).perform(world.replica(1).joined().orElseThrow().leaderSilent());
    world.replica(2).perform(world.replica(2).joined().orElseThrow().leaderSilent());
    world.settle(without(world, 3));
    calm(world, 3, without(world, 3));
    world.command(world.replica(2));
    world.settle(without(world, 3));
    world.heal();

    assertThat(world.replica(3).role().server().configuration().version()).isEqualTo(1);
    assertThat(world.replica(3).role().server().memberships().all()).hasSize(1);
  }

  @Test
  @DisplayName("a leader that leaves the group hands over once that is committed")
  void leaderLeaves() {
    var world = established(3, 0);
    world.forgetSent();

    change(world, 3, new Remove(s(3)));
    world.settle();
    calm(world, 2, one -> true);

    assertThat(world.sent(Successor.class)).isNotEmpty();
    assertThat(world.replica(2).leading()).isPresent();
    assertThat(voters(world.replica(2))).hasSize(2);
    assertThat(world.sent(RemovalNotice.class)).isNotEmpty();
    assertThat(world.replica(3).role().server().isRemoved()).isTrue();
  }

  @Test
  @DisplayName("who was told that it was removed asks nobody, and comes back when it is let in")
  void removed() {
    var world = established(3, 0);
    change(world, 3, new Remove(s(1)));
    world.settle();
    world.replica(1).perform(world.replica(1).joined().orElseThrow().leaderSilent());
    calm(world, 2, one -> true);
    assertThat(world.replica(1).role().server().isRemoved()).isTrue();
    world.forgetSent();

    calm(world, 1, one -> true);
    assertThat(world.sent(Notification.class)).isEmpty();

    change(world, 3, new AddVoter(s(1)));
    calm(world, 6, one -> true);
    assertThat(world.replica(1).role()).isInstanceOf(Following.class);
    assertThat(world.replica(1).role().server().isRemoved()).isFalse();
  }

  /** 1 was cut off while the group moved to 1, 4 and 5: it knows neither of the others to vote. */
  private static ZabWorld moved() {
    var world = established(3, 2);
    var connected = without(world, 1);
    var leader = world.replica(3);
    world.change(
        leader,
        leader.leading().orElseThrow(),
        new AddVoter(s(4)),
        new AddVoter(s(5)),
        new Remove(s(2)),
        new Remove(s(3)));
    world.settle(connected);
    calm(world, 4, connected);
    assertThat(voters(world.replica(4))).hasSize(3);
    return world;
  }

  @Test
  @DisplayName("a server that knows none of those who vote now is let in by their leader")
  void knowsNoneOfThem() {
    var world = moved();
    world.replica(1).perform(world.replica(1).joined().orElseThrow().leaderSilent());

    calm(world, 6, without(world, 2, 3));

    assertThat(voters(world.replica(1))).isEqualTo(voters(world.replica(5)));
    assertThat(world.replica(1).joined().orElseThrow().phase()).isEqualTo(Phase.BROADCAST);
  }

  @Test
  @DisplayName("and is one of a quorum that elects one of them")
  void electsAStranger() {
    var world = moved();
    boolean leads5 = world.replica(5).leading().isPresent();
    long lost = leads5 ? 5 : 4;
    var connected = without(world, 2, 3, lost);
    world.replica(lost).crash();
    for (long id : List.of(1L, leads5 ? 4L : 5L)) {
      world.replica(id).joined().ifPresent(one -> world.replica(id).perform(one.leaderSilent()));
    }

    calm(world, 6, connected);

    assertThat(world.replica(leads5 ? 4 : 5).leading().map(Leading::phase))
        .contains(Phase.BROADCAST);
  }

  @Test
  @DisplayName("who votes by the newest log alone is elected, in the later round of those it needs")
  void needsObservers() {
    var world = established(1, 2);
    change(world, 1, new AddVoter(s(2)), new AddVoter(s(3)));
    for (long id = 1; !world.replica(1).newest().membership().isJoint(); id = id % 3 + 1) {
      world.replica(id).durable(99);
      world.settleMessages();
    }
    world.replica(1).durable(99);
    world.replicas().forEach(ZabReplica::crash);
    world.loseAll();
    for (long id : List.of(2L, 3L)) {
      world.replica(id).restart();
      world.replica(id).perform(Looking.starting(world.replica(id).role()));
      assertThat(world.replica(id).newest().isVoter(s(id))).isFalse();
    }
    world.settle();

    world.replica(1).restart();
    calm(world, 4, one -> true);

    assertThat(world.replica(1).leading().map(Leading::phase)).contains(Phase.BROADCAST);
    assertThat(voters(world.replica(3))).hasSize(3);
  }

  @Test
  @DisplayName("leadership is handed over without an election, once the other one has all")
  void handsOver() {
    var world = established(3, 1);
    world.command(world.replica(3));
    var leader = world.replica(3);
    leader.perform(Handover.begin(leader.leading().orElseThrow(), s(1), 8));
    assertThat(leader.leading().orElseThrow().takesProposals()).isFalse();
    world.forgetSent();

    world.settle();

    assertThat(world.replica(1).leading().orElseThrow().phase()).isEqualTo(Phase.BROADCAST);
    assertThat(world.replica(1).leading().orElseThrow().commitIndex()).isEqualTo(1);
    assertThat(world.sent(Notification.class)).isEmpty();
    assertThat(world.replica(4).joined().orElseThrow().tie().leader()).isEqualTo(s(1));
  }

  @Test
  @DisplayName("a handover to one that is lost is given up, and the leader leads on")
  void handsOverToNobody() {
    var world = established(3, 0);
    var leader = world.replica(3);
    world.replica(1).crash();
    world.command(leader);
    world.settle();
    leader.perform(Handover.begin(leader.leading().orElseThrow(), s(1), 2));
    world.settle();

    for (int check = 0; check < 2; check++) {
      world.tick(one -> true);
      leader.perform(leader.leading().orElseThrow().quorumCheckDue());
    }

    assertThat(leader.leading().orElseThrow().takesProposals()).isTrue();
  }

  @Test
  @DisplayName("who observes, or is no member, is not handed leadership")
  void handsOverToVoters() {
    var world = established(3, 1);
    var leading = world.replica(3).leading().orElseThrow();

    assertThat(Handover.objection(leading, s(4)).orElseThrow().passes()).isFalse();
    assertThat(Handover.objection(leading, s(9)).orElseThrow().passes()).isFalse();
    assertThat(Handover.objection(leading, s(2))).isEmpty();
    assertThat(Handover.best(leading)).contains(s(2));
  }

  @Test
  @DisplayName("an observer that is to vote gets proposals, so that it can catch up under load")
  void proposedTo() {
    var world = established(3, 1);
    world.replica(4).crash();
    world.change(world.replica(3), world.replica(3).leading().orElseThrow(), new AddVoter(s(4)));
    world.settle();
    assertThat(world.replica(3).newest().isChanging()).isTrue();
    world.replica(4).restart();
    world.forgetSent();

    calm(world, 3, one -> true);
    world.command(world.replica(3));
    world.settle();

    assertThat(world.replica(3).newest().isChanging()).isFalse();
    assertThat(world.sent(Propose.class).stream().map(Propose::entries).flatMap(List::stream))
        .extracting(Entry::kind)
        .contains(EntryKind.CONFIGURATION, EntryKind.COMMAND);
    assertThat(world.replica(4).newest().isVoter(s(4))).isTrue();
  }

  @Test
  @DisplayName("a voter that becomes an observer is only told what is committed")
  void demoted() {
    var world = established(3, 0);
    change(world, 3, new AddLearner(s(1)));
    world.settle();

    assertThat(world.replica(1).role()).isInstanceOf(Observing.class);
    world.forgetSent();
    world.command(world.replica(3));
    world.settle();

    assertThat(world.transcript()).contains("s3 -> s1 Inform").doesNotContain("s3 -> s1 Propose");
  }
}
