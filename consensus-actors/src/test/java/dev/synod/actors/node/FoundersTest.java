package dev.synod.actors.node;

import static dev.synod.actors.node.NodeSamples.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Members;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.NodeMessage.Hello;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.node.Founders.Decision.Adopt;
import dev.synod.actors.node.Founders.Decision.Misnamed;
import dev.synod.actors.node.Founders.Decision.OtherOrigin;
import dev.synod.actors.node.Founders.Decision.Stranger;
import dev.synod.actors.node.Founders.Decision.Wait;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.SessionLimits;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Store 1 is on node n1, and so on; store 12 is the second disk of n1, after the first was lost.
 */
@DisplayName("The founding of a group")
class FoundersTest {

  private static final GroupId GROUP = new GroupId("counter");
  private static final ActorRef<ReplicaMessage> REPLICA =
      TestInbox.<ReplicaMessage>create().getRef();
  private static final ActorRef<NodeMessage> NODE = TestInbox.<NodeMessage>create().getRef();
  private static final NodeAddress N1 = node(1);
  private static final NodeAddress N2 = node(2);
  private static final NodeAddress N3 = node(3);
  private static final Member S1 = member(1, N1);
  private static final Member S2 = member(2, N2);
  private static final Member S3 = member(3, N3);
  private static final SessionLimits SESSIONS = new SessionLimits(5, 6);
  private static final Founded FOUNDED = foundedBy(S1, S2, S3);

  @Test
  @DisplayName("is the same, in whatever order the members were heard")
  void orderDoesNotMatter() {
    assertThat(foundedBy(S3, S1, S2)).isEqualTo(FOUNDED);
  }

  @Test
  @DisplayName(
      "has another incarnation with another store, another name, or other limits of sessions")
  void incarnationsDiffer() {
    var otherStore = foundedBy(S1, S2, member(13, N3));
    var otherName =
        NodeSamples.found(new GroupId("counters"), List.of(S1, S2, S3), SESSIONS, ORIGIN);

    var otherLimits =
        NodeSamples.found(GROUP, List.of(S1, S2, S3), new SessionLimits(6, 5), ORIGIN);

    assertThat(otherStore.incarnation()).isNotEqualTo(FOUNDED.incarnation());
    assertThat(otherLimits.incarnation()).isNotEqualTo(FOUNDED.incarnation());
    assertThat(otherName.incarnation()).isNotEqualTo(FOUNDED.incarnation());
  }

  @Test
  @DisplayName("of a group of one needs nobody else")
  void groupOfOne() {
    var alone = new Founders(GROUP, S1, Members.of(N1), false, SESSIONS, ORIGIN);

    assertThat(alone.begin()).isEqualTo(new Adopt(foundedBy(S1)));
  }

  @Test
  @DisplayName("brings the convener's limits of sessions to those that were set otherwise")
  void limitsAreTheGroups() {
    var other =
        new Founders(GROUP, S2, Members.of(N1, N2, N3), false, new SessionLimits(50, 60), ORIGIN);

    assertThat(other.hear(founded(S1, FOUNDED))).isEqualTo(new Adopt(FOUNDED));
  }

  @Test
  @DisplayName("is decided by the convener, once all others have answered that they are fresh")
  void convenerFounds() {
    var convener = founders(S1);

    assertThat(convener.begin()).isEqualTo(Wait.INSTANCE);
    assertThat(convener.hear(answer(S3))).isEqualTo(Wait.INSTANCE);
    assertThat(convener.hear(answer(S2))).isEqualTo(new Adopt(FOUNDED));
  }

  @Test
  @DisplayName("is never decided by another member, though it heard all")
  void othersWait() {
    var other = founders(S2);

    assertThat(other.hear(answer(S1))).isEqualTo(Wait.INSTANCE);
    assertThat(other.hear(answer(S3))).isEqualTo(Wait.INSTANCE);
  }

  @Test
  @DisplayName(
      "does not count a Hello that came unasked: it may be older than what was founded since")
  void unaskedHellosDoNotCount() {
    var convener = founders(S1);
    convener.hear(answer(S2));

    assertThat(convener.hear(greeting(S3))).isEqualTo(Wait.INSTANCE);
  }

  @Test
  @DisplayName("does not count nodes that were not named")
  void unnamedNodesDoNotCount() {
    var convener = founders(S1);
    convener.hear(answer(S2));

    assertThat(convener.hear(answer(member(4, node(4))))).isEqualTo(Wait.INSTANCE);
  }

  @Test
  @DisplayName("is adopted by a member whose store is in it, whoever tells")
  void membersAdopt() {
    assertThat(founders(S2).hear(founded(S3, FOUNDED))).isEqualTo(new Adopt(FOUNDED));
  }

  @Test
  @DisplayName("leaves a member that lost its disk a stranger, which founds nothing any more")
  void wipedMemberIsAStranger() {
    var wiped = founders(member(12, N1));

    assertThat(wiped.hear(founded(S2, FOUNDED))).isEqualTo(new Stranger(FOUNDED));
    wiped.hear(answer(S2));
    assertThat(wiped.hear(answer(S3))).isEqualTo(Wait.INSTANCE);
  }

  @Test
  @DisplayName("begins again with a member that lost its disk before anything was founded")
  void wipedBeforeTheFounding() {
    var convener = founders(S1);
    convener.hear(answer(S3));
    var newDisk = member(13, N3);

    assertThat(convener.hear(greeting(newDisk))).isEqualTo(Wait.INSTANCE);
    assertThat(convener.hear(answer(S2))).isEqualTo(Wait.INSTANCE);
    assertThat(convener.hear(answer(newDisk))).isEqualTo(new Adopt(foundedBy(S1, S2, newDisk)));
  }

  @Test
  @DisplayName("can't be repeated by a convener that lost its disk, if any member had adopted")
  void wipedConvenerMeetsAMemberThatAdopted() {
    var wiped = founders(member(11, N1));
    wiped.hear(answer(S3));

    assertThat(wiped.hear(founded(S2, FOUNDED))).isEqualTo(new Stranger(FOUNDED));
  }

  @Test
  @DisplayName("may be repeated by a convener that lost its disk before any member had adopted")
  void wipedConvenerMayFoundAnew() {
    var disk = member(11, N1);
    var wiped = founders(disk);
    wiped.hear(answer(S3));

    assertThat(wiped.hear(answer(S2))).isEqualTo(new Adopt(foundedBy(disk, S2, S3)));
  }

  @Test
  @DisplayName("by other nodes than those named here is not adopted: the operator must look")
  void otherMembersAreRefused() {
    var others = foundedBy(S1, S2, member(4, node(4)));

    assertThat(founders(S2).hear(founded(S1, others))).isEqualTo(new Misnamed(others));
  }

  @Test
  @DisplayName("with the state of a backup is not joined with another one, nor with none")
  void otherOrigin() {
    var backup = new Origin("fake", Bytes.utf8("this one"));
    var restored = NodeSamples.found(GROUP, List.of(S1, S2, S3), SESSIONS, backup);
    var same = founders(S2, backup);
    var other = founders(S2, new Origin("fake", Bytes.utf8("that one")));

    assertThat(same.hear(founded(S1, restored))).isEqualTo(new Adopt(restored));
    assertThat(other.hear(founded(S1, restored))).isEqualTo(new OtherOrigin(restored));
    assertThat(founders(S2).hear(founded(S1, restored))).isEqualTo(new OtherOrigin(restored));
    assertThat(same.hear(founded(S1, FOUNDED))).isEqualTo(new OtherOrigin(FOUNDED));
  }

  @Test
  @DisplayName("with one protocol, or with its quorums, is not joined with another")
  void otherProtocol() {
    for (String protocol : List.of("paxos", "fake 4+2")) {
      var other = founders(S2, new Origin(protocol, Bytes.EMPTY));
      assertThat(other.hear(founded(S1, FOUNDED))).isEqualTo(new OtherOrigin(FOUNDED));
    }
  }

  @Test
  @DisplayName("makes witnesses of those who are named so, everywhere the same")
  void witnesses() {
    var named = Members.of(N1, N2, N3).withWitnesses("n3");
    var convener = new Founders(GROUP, S1, named, false, SESSIONS, ORIGIN);
    convener.hear(answer(S2));
    var founded = ((Adopt) convener.hear(answer(S3))).founded();
    var same = new Founders(GROUP, S3, named, false, SESSIONS, ORIGIN);

    assertThat(founded.configuration().membership().witnesses()).containsExactly(S3.store());
    assertThat(same.hear(founded(S1, founded))).isEqualTo(new Adopt(founded));
    assertThat(founders(S2).hear(founded(S1, founded))).isEqualTo(new Misnamed(founded));
    assertThat(same.hear(founded(S1, FOUNDED))).isEqualTo(new Misnamed(FOUNDED));
    assertThat(founded.incarnation()).isNotEqualTo(FOUNDED.incarnation());
  }

  @Test
  @DisplayName("lets those observe who are named so, everywhere the same")
  void observers() {
    var named = Members.of(N1, N2, N3).withObservers("n1");
    var convener = new Founders(GROUP, S1, named, false, SESSIONS, ORIGIN);
    convener.hear(answer(S2));
    var founded = ((Adopt) convener.hear(answer(S3))).founded();
    var same = new Founders(GROUP, S1, named, false, SESSIONS, ORIGIN);

    assertThat(founded.configuration().voters()).containsExactly(S2, S3);
    assertThat(founded.configuration().membership().learners()).containsExactly(S1.store());
    assertThat(same.hear(founded(S2, founded))).isEqualTo(new Adopt(founded));
    assertThat(founders(S2).hear(founded(S1, founded))).isEqualTo(new Misnamed(founded));
    assertThat(same.hear(founded(S2, FOUNDED))).isEqualTo(new Misnamed(FOUNDED));
  }

  private static Founded foundedBy(Member... members) {
    return NodeSamples.found(GROUP, List.of(members), SESSIONS, ORIGIN);
  }

  private static Founders founders(Member self) {
    return founders(self, ORIGIN);
  }

  private static Founders founders(Member self, Origin origin) {
    return new Founders(GROUP, self, Members.of(N2, N3, N1), false, SESSIONS, origin);
  }

  private static Hello answer(Member from) {
    return new Hello(GROUP, from, REPLICA, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Hello greeting(Member from) {
    return new Hello(GROUP, from, REPLICA, Optional.empty(), Optional.empty(), Optional.of(NODE));
  }

  private static Hello founded(Member from, Founded founded) {
    return new Hello(
        GROUP, from, REPLICA, Optional.of(founded), Optional.empty(), Optional.of(NODE));
  }

  private static NodeAddress node(int number) {
    return new NodeAddress("n" + number, "pekko://t@n" + number + ":1");
  }

  private static Member member(long store, NodeAddress node) {
    return new Member(StoreId.of(store), node);
  }
}
