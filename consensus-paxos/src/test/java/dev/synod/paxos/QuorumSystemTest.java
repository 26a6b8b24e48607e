package dev.synod.paxos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.synod.actors.Members;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.paxos.rules.Quorums;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A group's quorums")
class QuorumSystemTest {

  private static NodeAddress node(int number) {
    return new NodeAddress("n" + number, "pekko://t@n" + number + ":1");
  }

  /** Their names are in the other order than their stores. */
  private static List<Member> voters(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new Member(StoreId.of(100 - number), node(number)))
        .toList();
  }

  private static Members founders(int count) {
    return new Members(voters(count).stream().map(Member::node).toList());
  }

  private static boolean promise(Quorums quorums, Integer... nodes) {
    var set = Set.of(nodes);
    return quorums
        .prepare()
        .isMetBy(store -> set.contains((int) (100 - store.uuid().getLeastSignificantBits())));
  }

  private static boolean accept(Quorums quorums, Integer... nodes) {
    var members = Arrays.stream(nodes).map(number -> StoreId.of(100L - number)).toList();
    return quorums.accept().isMetBy(members::contains);
  }

  @Test
  @DisplayName("are majorities unless it says otherwise")
  void majorities() {
    var quorums = QuorumSystem.majorities().of(voters(4));

    assertThat(promise(quorums, 1, 2)).isFalse();
    assertThat(accept(quorums, 1, 2, 4)).isTrue();
    assertThat(Paxos.protocol().name()).isEqualTo("paxos");
  }

  @Test
  @DisplayName("may be any so many to promise and to accept")
  void sizes() {
    var quorums = QuorumSystem.sizes(4, 2).of(voters(5));

    assertThat(promise(quorums, 1, 2, 3)).isFalse();
    assertThat(promise(quorums, 1, 2, 3, 5)).isTrue();
    assertThat(accept(quorums, 4, 5)).isTrue();
    assertThat(Paxos.protocol(QuorumSystem.sizes(4, 2)).name()).isEqualTo("paxos 4+2");
  }

  @Test
  @DisplayName("may be more than half of the weight")
  void weighted() {
    var system = QuorumSystem.weighted(Map.of("n1", 2, "n2", 1, "n3", 1, "n4", 1));
    var quorums = system.of(voters(5));

    assertThat(accept(quorums, 1, 4)).isTrue();
    assertThat(accept(quorums, 2, 3, 5)).isFalse();
    assertThat(quorums.accept().agreedValue(store -> store.uuid().getLeastSignificantBits()))
        .as("n1 and n2 have reached it, which weigh 3 of 5")
        .isEqualTo(98);
    assertThat(system.name()).isEqualTo("n1=2,n2=1,n3=1,n4=1");
  }

  @Test
  @DisplayName("may be the rows and the columns of a grid, in the order of the nodes' names")
  void grid() {
    var quorums = QuorumSystem.grid(3).of(voters(6));

    assertThat(promise(quorums, 4, 5, 6)).isTrue();
    assertThat(promise(quorums, 1, 2, 4, 5)).isFalse();
    assertThat(accept(quorums, 2, 5)).isTrue();
    assertThat(accept(quorums, 1, 5)).isFalse();
  }

  @Test
  @DisplayName("are refused before a group starts whose members do not have them")
  void refused() {
    assertThatCode(() -> Paxos.protocol().check(founders(5))).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Paxos.protocol(QuorumSystem.sizes(3, 2)).check(founders(5)))
        .withMessageContaining("two values could be chosen");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Paxos.protocol(QuorumSystem.sizes(4, 2)).check(founders(3)))
        .withMessageContaining("a quorum of 4 of 3 members");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Paxos.protocol(QuorumSystem.grid(2)).check(founders(5)))
        .withMessageContaining("5 voters do not fill a grid of 2 columns");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Paxos.protocol(QuorumSystem.weighted(Map.of("n9", 1))).check(founders(3)))
        .withMessageContaining("not all of them 0");
  }
}
