package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Majorities, fast against dumb, for groups of one to nine")
class MajorityTest {

  static IntStream sizes() {
    return IntStream.rangeClosed(1, 9);
  }

  @ParameterizedTest(name = "{0} members")
  @MethodSource("sizes")
  @DisplayName("a set is a quorum just if it has more members than are left out")
  void isMetByMoreThanHalf(int size) {
    var group = group(size);

    for (var set : subsets(size)) {
      boolean more = set.size() > size - set.size();

      assertThat(group.isMetBy(set::contains)).as("%s of %d", set, size).isEqualTo(more);
    }
  }

  @ParameterizedTest(name = "{0} members")
  @MethodSource("sizes")
  @DisplayName("any two quorums share a member")
  void anyTwoQuorumsIntersect(int size) {
    var group = group(size);
    var quorums = subsets(size).stream().filter(set -> group.isMetBy(set::contains)).toList();

    for (var one : quorums) {
      for (var other : quorums) {
        assertThat(Collections.disjoint(one, other)).isFalse();
      }
    }
  }

  @ParameterizedTest(name = "{0} members")
  @MethodSource("sizes")
  @DisplayName(
      "the smallest quorum has size() members, and a group without a minority still decides")
  void sizeIsThatOfTheSmallestQuorum(int size) {
    var group = group(size);

    int smallest =
        subsets(size).stream()
            .filter(set -> group.isMetBy(set::contains))
            .mapToInt(Set::size)
            .min()
            .orElseThrow();

    assertThat(group.size()).isEqualTo(smallest);
    assertThat(size - (size - 1) / 2).isGreaterThanOrEqualTo(smallest);
  }

  @ParameterizedTest(name = "{0} members")
  @MethodSource("sizes")
  @DisplayName("the agreed value is the highest that a quorum has reached, on random values")
  void agreedValue(int size) {
    var group = group(size);
    var random = new Random(size);
    for (int run = 0; run < 500; run++) {
      var reached = new HashMap<StoreId, Long>();
      group.members().forEach(member -> reached.put(member, (long) random.nextInt(8)));

      long dumb = 0;
      for (long value = 0; value < 8; value++) {
        long least = value;
        if (group.isMetBy(member -> reached.get(member) >= least)) {
          dumb = value;
        }
      }

      assertThat(group.agreedValue(reached::get)).as("%s", reached).isEqualTo(dumb);
    }
  }

  @Test
  @DisplayName("four members at 10, 10, 5, 5 agree on 5: two at 10 are no majority")
  void evenGroupsDoNotTakeTheUpperMiddle() {
    long[] reached = {0, 10, 10, 5, 5};

    assertThat(group(4).agreedValue(m -> reached[(int) m.uuid().getLeastSignificantBits()]))
        .isEqualTo(5);
  }

  @Test
  @DisplayName("no members decide nothing")
  void nobodyDecidesNothing() {
    var nobody = Majority.of(List.of());

    assertThat(nobody.isMetBy(any -> true)).isFalse();
    assertThat(nobody.agreedValue(any -> 7)).isZero();
  }

  @Test
  @DisplayName("a member listed twice counts once")
  void membersCountOnce() {
    var twice = Majority.of(List.of(StoreId.of(2), StoreId.of(1), StoreId.of(2)));

    assertThat(twice.members()).containsExactly(StoreId.of(1), StoreId.of(2));
    assertThat(twice).isEqualTo(group(2));
  }

  private static Majority group(int size) {
    return Majority.of(
        IntStream.rangeClosed(1, size).mapToObj(StoreId::of).collect(Collectors.toList()));
  }

  private static List<Set<StoreId>> subsets(int size) {
    return IntStream.range(0, 1 << size)
        .mapToObj(
            bits ->
                IntStream.range(0, size)
                    .filter(i -> (bits & (1 << i)) != 0)
                    .mapToObj(i -> StoreId.of(i + 1))
                    .collect(Collectors.toSet()))
        .toList();
  }
}
