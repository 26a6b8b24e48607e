package dev.synod.zab.rules;

import static dev.synod.zab.rules.Notices.S1;
import static dev.synod.zab.rules.Notices.S2;
import static dev.synod.zab.rules.Notices.S3;
import static dev.synod.zab.rules.Notices.looks;
import static dev.synod.zab.rules.Notices.says;
import static dev.synod.zab.rules.Notices.vote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.Vote;
import dev.synod.zab.protocol.ZabMessage.Notification;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Medeiros §4.1: fast leader election")
class ZabElectionTest {

  private static Looking looking(long self, int voters, int observers) {
    var configuration = ZabWorld.configuration(voters, observers);
    var server = Server.of(StoreId.of(self), configuration, new ZabDisk(), ZabWorld.LIMITS);
    return (Looking) Looking.atStart(server, Epochs.INITIAL, 0).begin().after();
  }

  private static List<Notification> told(Step step) {
    return step.effects().stream()
        .filter(Effect.Send.class::isInstance)
        .map(effect -> ((Effect.Send) effect).message())
        .filter(Notification.class::isInstance)
        .map(Notification.class::cast)
        .toList();
  }

  private static boolean takes(Looking before, Vote better) {
    return before.notification(looks(S2, before.round(), better)).after().vote().equals(better);
  }

  @Test
  @DisplayName("a server begins by voting for itself, in a new round, and tells all that vote")
  void votesForItself() {
    var configuration = ZabWorld.configuration(3, 1);
    var server = Server.of(S1, configuration, new ZabDisk(), ZabWorld.LIMITS);

    var step = Looking.atStart(server, Epochs.INITIAL, 0).begin();

    assertThat(step.after().round()).isEqualTo(1);
    assertThat(step.after().vote()).isEqualTo(vote(1, 0, 0, 0));
    assertThat(told(step)).hasSize(2);
    assertThat(step.effects()).contains(Effect.Timer.START_ELECTION);
  }

  @Test
  @DisplayName("the later current epoch wins, then the later zxid, then the higher id")
  void newestHistory() {
    var s3 = (Looking) looking(3, 5, 0).notification(looks(S1, 1, vote(3, 4, 7, 3))).after();

    assertThat(s3.vote()).isEqualTo(vote(3, 4, 7, 3));
    assertThat(takes(s3, vote(1, 5, 2, 2))).isTrue();
    assertThat(takes(s3, vote(1, 3, 9, 3))).isFalse();
    assertThat(takes(s3, vote(1, 4, 5, 4))).isTrue();
    assertThat(takes(s3, vote(1, 4, 8, 3))).isTrue();
    assertThat(takes(s3, vote(2, 4, 7, 3))).isFalse();
    assertThat(takes(s3, vote(4, 4, 7, 3))).isTrue();
  }

  @Test
  @DisplayName("who takes another's vote tells all so")
  void passesOn() {
    var step = looking(1, 3, 0).notification(looks(S2, 1, vote(2, 0, 0, 0)));

    assertThat(told(step)).hasSize(2).allMatch(one -> one.vote().leader().equals(S2));
  }

  @Test
  @DisplayName("a later round is joined, with one's own history first; an earlier one is told so")
  void rounds() {
    var s2 = looking(2, 3, 0);

    var later = s2.notification(looks(S1, 5, vote(1, 0, 0, 0)));
    var earlier = later.after().notification(looks(S1, 3, vote(3, 9, 9, 9)));

    assertThat(later.after().round()).isEqualTo(5);
    assertThat(later.after().vote().leader()).isEqualTo(S2);
    assertThat(told(earlier)).singleElement().matches(one -> one.round() == 5);
    assertThat(earlier.after()).isEqualTo(later.after());
  }

  @Test
  @DisplayName("once a quorum agrees it waits for better votes; then the best leads")
  void finalizes() {
    var one = looking(3, 5, 0).notification(looks(S1, 1, vote(3, 0, 0, 0)));
    var agreed = one.after().notification(looks(S2, 1, vote(3, 0, 0, 0)));
    var waiting = (Looking) agreed.after();

    assertThat(agreed.effects()).contains(Effect.Timer.START_FINALIZE);
    assertThat(waiting.finalizeDue().after()).isInstanceOf(Leading.class);

    var better = waiting.notification(looks(StoreId.of(4), 1, vote(4, 0, 0, 0)));
    assertThat(better.effects()).contains(Effect.Timer.STOP_FINALIZE);
    assertThat(((Looking) better.after()).finalizeDue().after()).isInstanceOf(Looking.class);
  }

  @Test
  @DisplayName("when all agree there is nobody to wait for")
  void allAgree() {
    var two = looking(1, 3, 0).notification(looks(S2, 1, vote(3, 0, 0, 0)));
    var three = two.after().notification(looks(S3, 1, vote(3, 0, 0, 0)));

    assertThat(three.after()).isInstanceOf(Following.class);
    assertThat(three.after().leader()).contains(S3);
  }

  @Test
  @DisplayName("a vote of this round that comes late does not take back a better one")
  void lateVote() {
    var s1 = looking(1, 5, 0);
    var better = s1.notification(looks(S2, 1, vote(5, 0, 0, 0)));

    var late = (Looking) better.after().notification(looks(S2, 1, vote(2, 0, 0, 0))).after();

    assertThat(late.heard()).singleElement().matches(one -> one.vote().equals(vote(5, 0, 0, 0)));
  }

  @Test
  @DisplayName("a looking server joins a live quorum, whatever its round and however new its log")
  void joinsLiveQuorum() {
    var s3 = looking(3, 3, 0);
    var led = vote(1, 4, 9, 4);

    var one = s3.notification(says(S2, 9, PeerState.FOLLOWING, led));
    var two = one.after().notification(says(S1, 8, PeerState.LEADING, led));

    assertThat(one.after()).isInstanceOf(Looking.class);
    assertThat(two.after()).isInstanceOf(Following.class);
    assertThat(two.after().leader()).contains(S1);
  }

  @Test
  @DisplayName("but not one whose leader does not say that it leads, or that no quorum follows")
  void joinsNoRumour() {
    var s5 = looking(5, 5, 0);
    var led = vote(1, 4, 9, 4);

    var followers = s5.notification(says(S2, 9, PeerState.FOLLOWING, led)).after();
    followers = followers.notification(says(S3, 9, PeerState.FOLLOWING, led)).after();
    followers = followers.notification(says(StoreId.of(4), 9, PeerState.FOLLOWING, led)).after();
    var alone = s5.notification(says(S1, 9, PeerState.LEADING, led)).after();

    assertThat(followers).isInstanceOf(Looking.class);
    assertThat(alone).isInstanceOf(Looking.class);
  }

  @Test
  @DisplayName("who has decided in the same round, for the same server, is one that agrees")
  void agreesHavingDecided() {
    var s1 = looking(1, 5, 0).notification(looks(StoreId.of(5), 1, vote(5, 0, 0, 0))).after();
    var older = s1.notification(says(S2, 0, PeerState.FOLLOWING, vote(5, 0, 0, 0)));
    var other = s1.notification(says(S2, 1, PeerState.FOLLOWING, vote(4, 0, 0, 0)));
    var same = s1.notification(says(S2, 1, PeerState.FOLLOWING, vote(5, 7, 7, 7)));

    assertThat(((Looking) older.after()).finalizeDue().after()).isInstanceOf(Looking.class);
    assertThat(((Looking) other.after()).finalizeDue().after()).isInstanceOf(Looking.class);
    assertThat(same.effects()).contains(Effect.Timer.START_FINALIZE);
    assertThat(((Looking) same.after()).finalizeDue().after()).isInstanceOf(Following.class);
  }

  @Test
  @DisplayName("who observes has no vote, and observes whom a quorum follows")
  void observers() {
    var s4 = looking(4, 3, 1);
    var led = vote(1, 4, 9, 4);

    var s4Looks = new Notification(StoreId.of(4), 1, PeerState.LOOKING, false, vote(4, 9, 9, 9));
    var mine = looking(1, 3, 1).notification(s4Looks);
    var one = s4.notification(says(S2, 9, PeerState.FOLLOWING, led));
    var two = one.after().notification(says(S1, 8, PeerState.LEADING, led));

    assertThat(mine.after().vote().leader()).isEqualTo(S1);
    assertThat(two.after()).isInstanceOf(Observing.class);
  }

  @Test
  @DisplayName("who observes does not stand, but its later round is joined: it may be needed")
  void observersRound() {
    var s4Looks = new Notification(StoreId.of(4), 7, PeerState.LOOKING, false, vote(4, 9, 9, 9));

    var step = looking(1, 3, 1).notification(s4Looks);

    assertThat(step.after().round()).isEqualTo(7);
    assertThat(told(step)).hasSize(2).allMatch(one -> one.vote().leader().equals(S1));
  }

  @Test
  @DisplayName("whoever is not looking says what it knows")
  void tells() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    world.beginAll();
    world.settle();

    var told = told(world.replica(1).role().notification(looks(S2, 1, vote(2, 0, 0, 0))));

    assertThat(told).singleElement().matches(one -> one.state() == PeerState.FOLLOWING);
    assertThat(told.get(0).vote().leader()).isEqualTo(S3);
  }

  @Test
  @DisplayName("whom no quorum follows yet makes way for a better vote, and for no other")
  void makesWay() {
    var s2 = looking(2, 3, 0).notification(looks(S1, 1, vote(2, 0, 0, 0))).after();
    var elected = ((Looking) s2).finalizeDue().after();
    assertThat(elected).isInstanceOf(Leading.class);

    var older = elected.notification(looks(S1, 1, vote(1, 0, 0, 0)));
    var earlier = elected.notification(looks(S3, 0, vote(3, 0, 0, 0)));
    var newer = elected.notification(looks(S3, 1, vote(3, 0, 0, 0)));

    assertThat(older.after()).isEqualTo(elected);
    assertThat(told(older)).singleElement().matches(one -> one.state() == PeerState.LEADING);
    assertThat(earlier.after()).isEqualTo(elected);
    assertThat(newer.after()).isInstanceOf(Looking.class);
    assertThat(newer.after().round()).isEqualTo(2);
    assertThat(newer.effects()).contains(Effect.Timer.STOP_LEADING, Effect.Timer.START_ELECTION);
  }

  @Test
  @DisplayName("who votes for it by what it had in a former life speaks of nobody better")
  void formerLife() {
    var s2 = looking(2, 3, 0).notification(looks(S1, 1, vote(2, 0, 0, 0))).after();
    var elected = ((Looking) s2).finalizeDue().after();

    var step = elected.notification(looks(S3, 1, vote(2, 0, 9, 1)));

    assertThat(step.after()).isEqualTo(elected);
  }

  @Test
  @DisplayName("a vote is not late if the one before it was for a server that does not stand")
  void lateAfterAbstention() {
    var s1 = looking(1, 3, 0);
    var own = vote(3, 4, 7, 3);
    var abstains = new Notification(S3, 2, PeerState.LOOKING, false, own);

    var after = s1.notification(abstains).after();
    after = after.notification(looks(S2, 2, vote(2, 4, 7, 3))).after();
    after = after.notification(looks(S3, 2, vote(2, 4, 7, 3))).after();

    assertThat(after).isInstanceOf(Following.class);
  }

  @Test
  @DisplayName("whom it votes for is joined as soon as that says that it leads by this election")
  void joinsWhomItVotesFor() {
    var s1 = looking(1, 5, 0).notification(looks(S3, 1, vote(3, 4, 7, 3))).after();

    var leads = says(S3, 1, PeerState.LEADING, vote(3, 4, 7, 3));
    var earlier = says(S3, 0, PeerState.LEADING, vote(3, 4, 7, 3));

    assertThat(s1.notification(leads).after().leader()).contains(S3);
    assertThat(s1.notification(earlier).after()).isInstanceOf(Looking.class);
  }

  @Test
  @DisplayName("a leader that a quorum follows goes on, however new the history of who looks")
  void leadsOn() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    world.beginAll();
    world.settle();
    var s3 = world.replica(3).role();

    var step = s3.notification(looks(S2, 9, vote(2, 9, 9, 9)));

    assertThat(step.after()).isEqualTo(s3);
    assertThat(told(step)).singleElement().matches(one -> one.state() == PeerState.LEADING);
  }

  @Test
  @DisplayName("a follower whose leader looks for one in a later round looks, too")
  void leaderGaveUp() {
    var world = new ZabWorld(0, 3, 0, ZabWorld.LIMITS);
    world.beginAll();
    world.settle();
    var s1 = world.replica(1).role();
    var vote = s1.vote();

    assertThat(s1.notification(looks(S3, s1.round(), vote)).after()).isEqualTo(s1);
    assertThat(s1.notification(looks(S3, s1.round() + 1, vote)).after())
        .isInstanceOf(Looking.class);
  }

  @Test
  @DisplayName("a follower that needs nobody else leads when its leader looks for one")
  void needsNobody() {
    var server = Server.of(S1, ZabWorld.configuration(1, 0), new ZabDisk(), ZabWorld.LIMITS);
    var follower = Joined.joining(Looking.atStart(server, Epochs.INITIAL, 0), S3).after();

    var step = follower.notification(looks(S3, follower.round() + 1, vote(3, 0, 0, 0)));

    assertThat(step.after().state()).isEqualTo(PeerState.LEADING);
    assertThat(told(step)).isEmpty();
  }
}
