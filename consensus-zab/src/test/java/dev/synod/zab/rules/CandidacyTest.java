package dev.synod.zab.rules;

import static dev.synod.zab.rules.Notices.S1;
import static dev.synod.zab.rules.Notices.S2;
import static dev.synod.zab.rules.Notices.S3;
import static dev.synod.zab.rules.Notices.looks;
import static dev.synod.zab.rules.Notices.says;
import static dev.synod.zab.rules.Notices.vote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.MembershipChange;
import dev.synod.core.MembershipChange.AddVoter;
import dev.synod.core.MembershipChange.Remove;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.Vote;
import dev.synod.zab.protocol.ZabMessage.FollowerEpoch;
import dev.synod.zab.protocol.ZabMessage.Ping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A server of ZAB that all vote for and that can't be elected")
class CandidacyTest {

  private static final Ping PING = new Ping(S2, new Term(1), 0, 0);

  private static StoreId s(long id) {
    return StoreId.of(id);
  }

  /**
   * The last of so many voters alone have a joint membership in their logs, and so need one of two
   * newcomers. The others know of no more than the voters. All are down.
   */
  private static ZabWorld jointAlone(int voters, int joint) {
    var world = new ZabWorld(0, voters, 2, ZabWorld.LIMITS);
    world.beginAll();
    world.settle();
    world.calm(2);
    var leader = world.replica(voters);
    var wanted = new ArrayList<MembershipChange>();
    wanted.add(new AddVoter(s(voters + 1)));
    wanted.add(new AddVoter(s(voters + 2)));
    for (int id = 1; id < voters; id++) {
      wanted.add(new Remove(s(id)));
    }
    world.change(leader, leader.leading().orElseThrow(), wanted.toArray(MembershipChange[]::new));
    for (long id = 1; !leader.newest().membership().isJoint(); id = id % (voters + 2) + 1) {
      world.replica(id).durable(99);
      world.settleMessages();
    }
    for (long id = voters; id > voters - joint; id--) {
      world.replica(id).durable(99);
    }
    world.replicas().forEach(ZabReplica::crash);
    world.loseAll();
    return world;
  }

  @ParameterizedTest(name = "{0} voters, {1} of them joint")
  @CsvSource({"3,1", "5,1", "5,2", "7,1", "7,2", "7,3"})
  @DisplayName("who needs servers that are gone for good keeps no quorum from going on without it")
  void joinedInVain(int voters, int joint) {
    var world = jointAlone(voters, joint);
    int best = voters - joint;
    for (long id = voters; id >= best - voters / 2; id--) {
      world.replica(id).restart();
      assertThat(world.replica(id).newest().membership().isJoint()).isEqualTo(id > best);
    }

    world.calm(40);

    assertThat(world.replica(best).leading().map(Leading::phase)).contains(Phase.BROADCAST);
    var last = world.replica(voters);
    assertThat(last.newest().membership().isJoint()).isFalse();
    assertThat(last.joined().map(Joined::phase)).contains(Phase.BROADCAST);
  }

  @Test
  @DisplayName(
      "who was joined in vain is elected all the same once there is no going on without it")
  void needed() {
    var world = jointAlone(3, 1);
    world.replica(1).restart();
    world.replica(3).restart();
    world.calm(30);
    assertThat(world.replicas()).noneMatch(one -> one.leading().isPresent());

    world.replica(4).restart();
    world.calm(30);

    assertThat(world.replica(3).leading().map(Leading::phase)).contains(Phase.BROADCAST);
  }

  private static Role introduced(Role role, int times) {
    var after = role;
    for (int i = 0; i < times; i++) {
      after = after.followerEpoch(new FollowerEpoch(S1, Term.ZERO)).after();
    }
    return after;
  }

  /** The third of three that vote, with a configuration that is not known to be committed. */
  private static Server reconfigured() {
    var known = ZabWorld.configuration(3, 0);
    var next =
        new Configuration(
            2, known.members(), known.membership(), Optional.of(new UUID(0, 1)), Optional.empty());
    var entry = new Entry(1, new Term(1), EntryKind.CONFIGURATION, next.encode());
    return Server.of(S3, known, new ZabDisk(), ZabWorld.LIMITS)
        .after(List.of(new Effect.Append(List.of(entry))));
  }

  private static Role looking(Server server) {
    var epochs = new Epochs(new Term(1), new Term(1));
    return Looking.atStart(server, epochs, 0).begin().after();
  }

  private static Role reminded(Role role, int times) {
    var after = role;
    for (int i = 0; i < times; i++) {
      assertThat(after.notice().namesOne()).isFalse();
      after = ((Looking) after).electionDue().after();
    }
    return after;
  }

  @Test
  @DisplayName("who is joined in vain begins a round in which it does not stand, and joins nobody")
  void abstains() {
    var s3 = looking(reconfigured());
    assertThat(introduced(s3, 2).notice()).isEqualTo(s3.notice());

    var abstains = introduced(s3, 3);

    assertThat(abstains.round()).isEqualTo(2);
    assertThat(abstains.notice().namesOne()).isFalse();
    assertThat(abstains.ping(PING).after()).isEqualTo(abstains);
    var elected = abstains.notification(says(S2, 2, PeerState.LEADING, vote(2, 0, 0, 0))).after();
    elected = elected.notification(says(S1, 2, PeerState.FOLLOWING, vote(2, 0, 0, 0))).after();
    assertThat(elected).isInstanceOf(Looking.class);
  }

  @Test
  @DisplayName("after some reminders it stands again")
  void standsAgain() {
    var again = reminded(introduced(looking(reconfigured()), 3), Candidacy.REMINDERS);

    assertThat(again.notice().namesOne()).isTrue();
    assertThat(again.round()).isEqualTo(2);
    assertThat(again.ping(PING).after()).isInstanceOf(Following.class);
  }

  private static Role inLaterRound(Role role) {
    return role.notification(looks(S2, role.round() + 1, vote(2, 0, 0, 0))).after();
  }

  @Test
  @DisplayName("and in the next round; joined in vain again, it abstains for two, then for four")
  void abstainsLonger() {
    var role = looking(reconfigured());
    for (int rounds = 1; rounds <= 4; rounds *= 2) {
      role = introduced(role, 3);
      for (int i = 0; i < rounds; i++) {
        assertThat(role.notice().namesOne()).isFalse();
        role = inLaterRound(role);
      }
      assertThat(role.notice().namesOne()).isTrue();
    }
    var joined = (Joined) role.ping(PING).after();
    var looks = introduced(joined.leaderSilent().after(), 3);
    assertThat(inLaterRound(looks).notice().namesOne()).as("after a leader").isTrue();
  }

  @Test
  @DisplayName("who abstains takes part for one with a newer history than its own")
  void votesForNewer() {
    var abstains = introduced(looking(reconfigured()), 3);
    var newer = vote(2, 5, 9, 5);

    var after = abstains.notification(looks(S2, 2, newer)).after();
    after = after.notification(looks(S1, 2, newer)).after();

    assertThat(after).isInstanceOf(Following.class);
  }

  @Test
  @DisplayName("who abstains votes for one with the same history, whatever the ids")
  void votesForEqual() {
    var abstains = introduced(looking(reconfigured()), 3);
    var own = abstains.vote();
    var older = vote(2, 0, 0, 0);
    var equal = new Vote(S2, own.epoch(), own.last());

    assertThat(abstains.notification(looks(S2, 2, older)).after().vote()).isEqualTo(own);
    var after = abstains.notification(looks(S2, 2, equal)).after();
    assertThat(after.vote()).isEqualTo(equal);
    after = after.notification(looks(S1, 2, equal)).after();
    assertThat(after).isInstanceOf(Following.class);
  }

  @Test
  @DisplayName("with a configuration that is committed nobody is joined in vain")
  void committed() {
    var server = Server.of(S3, ZabWorld.configuration(3, 0), new ZabDisk(), ZabWorld.LIMITS);
    var s3 = looking(server);

    assertThat(introduced(s3, 9)).isEqualTo(s3);
  }

  @Test
  @DisplayName("who was removed has nothing to abstain from: a leader may let it in at any time")
  void removed() {
    var s3 = looking(reconfigured().removedBy(2));

    assertThat(introduced(s3, 3).ping(PING).after()).isInstanceOf(Following.class);
  }
}
