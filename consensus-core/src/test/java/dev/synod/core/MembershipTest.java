package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.MembershipChange.AddLearner;
import dev.synod.core.MembershipChange.AddVoter;
import dev.synod.core.MembershipChange.Remove;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Raft §6, thesis §4: the arithmetic of membership changes")
class MembershipTest {

  @Test
  @DisplayName("a simple change adds or removes one voter, and any number of learners")
  void simple() {
    var three = voters(1, 2, 3);

    assertThat(three.simple(List.of(add(4)))).isEqualTo(voters(1, 2, 3, 4));
    assertThat(three.simple(List.of(remove(2)))).isEqualTo(voters(1, 3));
    assertThat(three.simple(List.of(learn(4), learn(5))))
        .isEqualTo(Membership.of(ids(1, 2, 3), ids(4, 5)));
    assertThat(three.simple(List.of(learn(3)))).isEqualTo(Membership.of(ids(1, 2), ids(3)));
    assertThat(three.simple(List.of(add(3), remove(9)))).isEqualTo(three);
  }

  @Test
  @DisplayName("a simple change of two voters is refused: their majorities may not overlap")
  void simpleOfTwo() {
    assertThatThrownBy(() -> voters(1, 2, 3).simple(List.of(add(4), add(5))))
        .hasMessageContaining("more than one voter changes");
    assertThatThrownBy(() -> voters(1, 2, 3).simple(List.of(add(4), remove(1))))
        .hasMessageContaining("more than one voter changes");
  }

  @Test
  @DisplayName("the last voter stays")
  void lastVoter() {
    assertThatThrownBy(() -> voters(1).simple(List.of(remove(1))))
        .hasMessageContaining("all voters would be removed");
    assertThatThrownBy(() -> voters(1, 2).enterJoint(List.of(remove(1), learn(2))))
        .hasMessageContaining("all voters would be removed");
  }

  @Test
  @DisplayName("a joint membership has both majorities, and ends in the new one")
  void joint() {
    var joint = voters(1, 2, 3).enterJoint(List.of(add(4), remove(1), learn(5)));

    assertThat(joint.isJoint()).isTrue();
    assertThat(joint.voters()).isEqualTo(ids(2, 3, 4));
    assertThat(joint.outgoing()).isEqualTo(ids(1, 2, 3));
    assertThat(joint.all()).isEqualTo(ids(1, 2, 3, 4, 5));
    assertThat(joint.leaveJoint()).isEqualTo(Membership.of(ids(2, 3, 4), ids(5)));
  }

  @Test
  @DisplayName("a voter that becomes a learner votes until the joint membership ends")
  void learnsNext() {
    var joint = voters(1, 2, 3).enterJoint(List.of(learn(3)));

    assertThat(joint.learnersNext()).isEqualTo(ids(3));
    assertThat(joint.learners()).isEmpty();
    assertThat(joint.isVoter(StoreId.of(3))).isTrue();
    assertThat(joint.leaveJoint()).isEqualTo(Membership.of(ids(1, 2), ids(3)));
  }

  @Test
  @DisplayName("one change at a time: nothing changes a joint membership but its end")
  void oneAtATime() {
    var joint = voters(1, 2, 3).enterJoint(List.of(add(4)));

    assertThatThrownBy(() -> joint.simple(List.of(add(5)))).hasMessageContaining("left before");
    assertThatThrownBy(() -> joint.enterJoint(List.of(add(5)))).hasMessageContaining("joint");
    assertThatThrownBy(() -> voters(1).leaveJoint()).hasMessageContaining("nothing to leave");
  }

  @Test
  @DisplayName("impossible memberships can't be built")
  void impossible() {
    assertThatThrownBy(() -> Membership.of(List.of())).hasMessageContaining("at least one voter");
    assertThatThrownBy(() -> Membership.of(ids(1), ids(1))).hasMessageContaining("vote as well");
    assertThatThrownBy(() -> new Membership(ids(1), ids(1), List.of(), ids(2), List.of()))
        .hasMessageContaining("become a learner next");
  }

  @Test
  @DisplayName("both halves must agree: on a value, and on a vote")
  void jointQuorum() {
    var quorum = voters(1, 2, 3).enterJoint(List.of(remove(1), remove(2), add(4), add(5))).quorum();
    var match = Map.of(1L, 9L, 2L, 9L, 3L, 7L, 4L, 2L, 5L, 3L);

    assertThat(quorum.agreedValue(s -> match.get(number(s)))).isEqualTo(3);
    assertThat(quorum.result(votes(ids(1, 2), List.of()))).isEqualTo(VoteResult.PENDING);
    assertThat(quorum.result(votes(ids(1, 2, 3, 4), List.of()))).isEqualTo(VoteResult.WON);
    assertThat(quorum.result(votes(ids(1, 2, 3), ids(4, 5)))).isEqualTo(VoteResult.LOST);
  }

  @Test
  @DisplayName("fast against dumb: what is agreed is the highest value that quorums have reached")
  void fastAgainstDumb() {
    var random = new Random(7);
    for (int run = 0; run < 2_000; run++) {
      var incoming = someOf(random);
      var outgoing = random.nextBoolean() ? someOf(random) : List.<StoreId>of();
      var quorum = new Membership(incoming, outgoing, List.of(), List.of(), List.of()).quorum();
      var reached = new HashMap<StoreId, Long>();
      ids(1, 2, 3, 4, 5, 6, 7).forEach(store -> reached.put(store, (long) random.nextInt(6)));

      long dumb = 0;
      for (long value = 1; value < 6; value++) {
        long wanted = value;
        if (isMajority(incoming, reached, wanted) && isMajority(outgoing, reached, wanted)) {
          dumb = value;
        }
      }

      assertThat(quorum.agreedValue(reached::get)).isEqualTo(dumb);
    }
  }

  @Test
  @DisplayName("changes that lead from one membership to another do, jointly")
  void changesTo() {
    var random = new Random(8);
    for (int run = 0; run < 1_000; run++) {
      var from = settled(random);
      var to = settled(random);

      assertThat(from.enterJoint(from.changesTo(to)).leaveJoint()).isEqualTo(to);
    }
  }

  private static Membership settled(Random random) {
    var voters = someOf(random);
    var learners = new ArrayList<>(someOf(random));
    learners.removeAll(voters);
    return Membership.of(voters, learners);
  }

  private static List<StoreId> someOf(Random random) {
    var some =
        LongStream.rangeClosed(1, 7)
            .filter(n -> random.nextInt(3) == 0)
            .mapToObj(StoreId::of)
            .toList();
    return some.isEmpty() ? ids(1 + random.nextInt(7)) : some;
  }

  private static boolean isMajority(List<StoreId> half, Map<StoreId, Long> reached, long value) {
    long count = half.stream().filter(store -> reached.get(store) >= value).count();
    return half.isEmpty() || count * 2 > half.size();
  }

  private static Map<StoreId, Boolean> votes(List<StoreId> granting, List<StoreId> denying) {
    var votes = new HashMap<StoreId, Boolean>();
    granting.forEach(store -> votes.put(store, true));
    denying.forEach(store -> votes.put(store, false));
    return votes;
  }

  private static Membership voters(long... numbers) {
    return Membership.of(ids(numbers));
  }

  private static List<StoreId> ids(long... numbers) {
    return LongStream.of(numbers).mapToObj(StoreId::of).toList();
  }

  private static long number(StoreId store) {
    return store.uuid().getLeastSignificantBits();
  }

  private static MembershipChange add(long number) {
    return new AddVoter(StoreId.of(number));
  }

  private static MembershipChange learn(long number) {
    return new AddLearner(StoreId.of(number));
  }

  private static MembershipChange remove(long number) {
    return new Remove(StoreId.of(number));
  }
}
