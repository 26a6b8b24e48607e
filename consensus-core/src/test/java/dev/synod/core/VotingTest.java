package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("How votes count")
class VotingTest {

  /** Three places, of which the second has no third node. */
  private static final Voting PLACES =
      Voting.hierarchical(
          List.of(
              Map.of("n1", 1, "n2", 1, "n3", 1),
              Map.of("n4", 1, "n5", 1),
              Map.of("n6", 2, "n7", 1, "n8", 0)));

  private static List<Member> voters(int... numbers) {
    return IntStream.of(numbers)
        .mapToObj(number -> new Member(s(number), new NodeAddress("n" + number, "a:" + number)))
        .toList();
  }

  private static List<Member> first(int count) {
    return voters(IntStream.rangeClosed(1, count).toArray());
  }

  private static StoreId s(long number) {
    return StoreId.of(number);
  }

  private static boolean isMet(Quorum quorum, long... numbers) {
    return quorum.isMetBy(
        store -> IntStream.range(0, numbers.length).anyMatch(i -> s(numbers[i]).equals(store)));
  }

  private static List<Set<StoreId>> subsets(List<StoreId> members) {
    return IntStream.range(0, 1 << members.size())
        .mapToObj(
            set ->
                IntStream.range(0, members.size())
                    .filter(i -> (set >> i & 1) == 1)
                    .mapToObj(members::get)
                    .collect(Collectors.toSet()))
        .toList();
  }

  static Stream<Quorum> quorums() {
    return Stream.of(
        Voting.majority().of(first(5)),
        Voting.weighted(Map.of("n1", 3, "n2", 1, "n3", 1, "n4", 1)).of(first(5)),
        Voting.weighted(Map.of("n1", 2, "n2", 2)).of(first(3)),
        PLACES.of(first(9)),
        PLACES.of(voters(1, 2, 6, 7)),
        new JointQuorum(
            PLACES.of(first(6)), Voting.weighted(Map.of("n1", 1, "n2", 2)).of(first(4))));
  }

  @ParameterizedTest
  @MethodSource("quorums")
  @DisplayName("any two quorums share a member, and all members are one")
  void anyTwoShareAMember(Quorum quorum) {
    var met = subsets(quorum.members()).stream().filter(set -> quorum.isMetBy(set::contains));
    var all = met.toList();

    assertThat(all).contains(Set.copyOf(quorum.members()));
    for (var one : all) {
      for (var other : all) {
        assertThat(Collections.disjoint(one, other)).as("%s, %s", one, other).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("quorums")
  @DisplayName("the agreed value is the highest that a quorum has reached, on random values")
  void agreedValue(Quorum quorum) {
    var random = new Random(5);
    for (int round = 0; round < 300; round++) {
      var reached =
          quorum.members().stream()
              .collect(Collectors.toMap(store -> store, store -> random.nextLong(6)));
      long highest = 0;
      for (long value = 0; value < 6; value++) {
        long wanted = value;
        if (quorum.isMetBy(store -> reached.getOrDefault(store, 0L) >= wanted)) {
          highest = value;
        }
      }

      assertThat(quorum.agreedValue(store -> reached.getOrDefault(store, 0L)))
          .as("%s", reached)
          .isEqualTo(highest);
    }
  }

  @ParameterizedTest
  @MethodSource("quorums")
  @DisplayName("who does not count never makes a set a quorum")
  void counts(Quorum quorum) {
    for (StoreId member : quorum.members()) {
      boolean matters = false;
      for (var set : subsets(quorum.members())) {
        var without = new ArrayList<>(set);
        without.remove(member);
        matters |= quorum.isMetBy(set::contains) && !quorum.isMetBy(without::contains);
      }
      assertThat(quorum.counts(member) || !matters).as("%s", member).isTrue();
    }
  }

  @Test
  @DisplayName("who weighs nothing is a member, and does not count")
  void weighsNothing() {
    var weighted = Voting.weighted(Map.of("n1", 1, "n2", 1, "n3", 1)).of(first(5));

    assertThat(weighted.members()).hasSize(5);
    assertThat(weighted.counts(s(3))).isTrue();
    assertThat(weighted.counts(s(4))).isFalse();
    assertThat(isMet(weighted, 1, 2)).isTrue();
    assertThat(isMet(weighted, 1, 4, 5)).isFalse();
    assertThat(PLACES.of(first(9)).members()).hasSize(9);
    assertThat(PLACES.of(first(9)).counts(s(8))).isFalse();
    assertThat(PLACES.of(first(9)).counts(s(9))).isFalse();
  }

  @Test
  @DisplayName("of three places two decide, each by more than half of its weight")
  void places() {
    var quorum = PLACES.of(first(8));

    assertThat(isMet(quorum, 1, 3, 6)).isTrue();
    assertThat(isMet(quorum, 1, 2, 3, 4, 7)).isFalse();
    assertThat(isMet(quorum, 4, 5, 6)).isTrue();
    assertThat(isMet(quorum, 4, 1, 2, 7, 8)).isFalse();
  }

  @Test
  @DisplayName("a place of which nobody is left is not waited for")
  void emptyPlace() {
    var quorum = PLACES.of(voters(1, 2, 3, 8, 9));

    assertThat(isMet(quorum, 1, 2)).isTrue();
    assertThat(isMet(quorum, 3, 8, 9)).isFalse();
  }

  @Test
  @DisplayName("in a joint configuration both halves decide, each by its own weights")
  void joint() {
    var voting = Voting.weighted(Map.of("n1", 1, "n2", 1, "n3", 1, "n4", 3));
    var membership =
        Membership.of(List.of(s(1), s(2), s(3)))
            .admitting(Membership.of(List.of(s(2), s(3), s(4))));
    var joint =
        membership.enterJoint(
            List.of(new MembershipChange.AddVoter(s(4)), new MembershipChange.Remove(s(1))));
    var quorum =
        voting.of(new Configuration(2, first(4), joint, Optional.empty(), Optional.empty()));

    assertThat(isMet(quorum, 1, 2, 4)).isTrue();
    assertThat(isMet(quorum, 2, 4)).as("one of three old ones").isFalse();
    assertThat(isMet(quorum, 1, 2, 3)).as("two of five new ones").isFalse();
  }

  @Test
  @DisplayName("names tell systems apart, whatever the order in which they were said")
  void names() {
    assertThat(Voting.majority().name()).isEmpty();
    assertThat(Voting.weighted(Map.of("n2", 1, "n1", 2)).name()).isEqualTo("n1=2,n2=1");
    assertThat(PLACES.name()).isEqualTo("n1=1,n2=1,n3=1 / n4=1,n5=1 / n6=2,n7=1,n8=0");
  }

  @Test
  @DisplayName("is refused where nobody could decide, or a node is in two places")
  void refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Voting.weighted(Map.of("n9", 1)).of(first(3)))
        .withMessageContaining("not all of them 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Voting.weighted(Map.of("n1", -1)).of(first(3)))
        .withMessageContaining("weights are 0 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PLACES.of(voters(8, 9)))
        .withMessageContaining("nobody could decide");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Voting.hierarchical(List.of(Map.of("n1", 1), Map.of("n1", 1))))
        .withMessageContaining("a node is in one group only");
    assertThat(PLACES.objectionTo(new Configuration(voters(8, 9))))
        .hasValueSatisfying(text -> assertThat(text).contains("nobody could decide"));
    assertThat(PLACES.objectionTo(new Configuration(voters(1, 9)))).isEmpty();
  }
}
