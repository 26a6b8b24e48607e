package dev.synod.zab.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.synod.actors.Members;
import dev.synod.core.ChangeRequest;
import dev.synod.core.MembershipChange.AddVoter;
import dev.synod.core.MembershipChange.Remove;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.core.Voting;
import dev.synod.zab.Zab;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A group of ZAB in which votes count by weight or by place, as ZooKeeper's")
class ZabVotingTest {

  private static final Voting FIRST_TWO = Voting.weighted(Map.of("n7001", 1, "n7002", 1));

  private static StoreId s(long id) {
    return StoreId.of(id);
  }

  private static ZabWorld established(int voters, int observers, Voting voting) {
    var world = new ZabWorld(0, voters, observers, ZabWorld.LIMITS, voting);
    world.beginAll();
    world.settle();
    calm(world, 8, one -> true);
    return world;
  }

  private static void calm(ZabWorld world, int rounds, Predicate<ZabReplica> connected) {
    for (int i = 0; i < rounds; i++) {
      world.tick(connected);
    }
  }

  @Test
  @DisplayName("whoever weighs nothing follows and does not lead, though its id is the highest")
  void weighsNothing() {
    var world = established(4, 0, FIRST_TWO);

    assertThat(world.replica(2).role()).isInstanceOf(Leading.class);
    for (long id : new long[] {1, 3, 4}) {
      assertThat(world.replica(id).role()).as("%s", id).isInstanceOf(Following.class);
    }
  }

  @Test
  @DisplayName("nor is it waited for, or enough")
  void isNotWaitedFor() {
    var world = established(4, 0, FIRST_TWO);
    var leader = world.replica(2);
    long before = world.witness().committed();

    world.command(leader);
    calm(world, 4, one -> one == leader || one == world.replica(1));
    assertThat(world.witness().committed()).isEqualTo(before + 1);

    world.command(leader);
    calm(world, 4, one -> one != world.replica(1));
    assertThat(world.witness().committed()).as("3 and 4 weigh nothing").isEqualTo(before + 1);
  }

  @Test
  @DisplayName("who decides alone among others leads, and is followed by them")
  void decidesAlone() {
    var world = established(3, 0, Voting.weighted(Map.of("n7001", 1)));

    assertThat(world.replica(1).role()).isInstanceOf(Leading.class);
    assertThat(world.replica(2).role()).isInstanceOf(Following.class);
    assertThat(world.replica(3).role()).isInstanceOf(Following.class);
  }

  @Test
  @DisplayName("leadership is not handed to it, and the reason is told")
  void isNotHandedOver() {
    var leader = established(4, 0, FIRST_TWO).replica(2).leading().orElseThrow();

    assertThat(Handover.objection(leader, s(4)))
        .hasValueSatisfying(
            objection -> {
              assertThat(objection.passes()).isFalse();
              assertThat(objection.text()).contains("its vote does not count");
            });
    assertThat(Handover.best(leader)).contains(s(1));
  }

  @Test
  @DisplayName("of three places two decide, each by its majority")
  void places() {
    var places =
        Voting.hierarchical(
            List.of(
                Map.of("n7001", 1, "n7002", 1, "n7003", 1),
                Map.of("n7004", 1, "n7005", 1, "n7006", 1),
                Map.of("n7007", 1, "n7008", 1, "n7009", 1)));
    var world = established(9, 0, places);
    var leader = world.replica(9);
    long before = world.witness().committed();

    world.command(leader);
    calm(world, 6, one -> one != world.replica(4) && one != world.replica(5));
    assertThat(world.witness().committed()).isEqualTo(before + 1);

    var four = List.of(leader, world.replica(8), world.replica(1), world.replica(2));
    world.command(leader);
    calm(world, 6, four::contains);
    assertThat(world.witness().committed()).as("four of nine").isEqualTo(before + 2);

    var five =
        List.of(leader, world.replica(8), world.replica(7), world.replica(1), world.replica(4));
    world.command(leader);
    calm(world, 6, five::contains);
    assertThat(world.witness().committed()).as("one place only").isEqualTo(before + 2);
  }

  @Test
  @DisplayName("a change after which nobody could decide is refused, and any other goes through")
  void changes() {
    var world = established(2, 1, FIRST_TWO);
    var leader = world.replica(2).leading().orElseThrow();
    var toNobody =
        new ChangeRequest(
            new UUID(0, 1),
            leader.server().configuration().version(),
            List.of(new AddVoter(s(3)), new Remove(s(1)), new Remove(s(2))),
            List.of());

    assertThat(Reconfiguration.objection(leader, toNobody))
        .hasValueSatisfying(
            objection -> {
              assertThat(objection.passes()).isFalse();
              assertThat(objection.text()).contains("not all of them 0");
            });

    world.change(world.replica(2), leader, new AddVoter(s(3)), new Remove(s(1)));
    world.settle();
    calm(world, 6, one -> true);
    var after = world.replica(2).leading().orElseThrow().server();
    assertThat(after.configuration().isChanging()).isFalse();
    assertThat(after.quorum().isMetBy(s(2)::equals)).as("3 weighs nothing").isTrue();
  }

  @Test
  @DisplayName("is refused before it starts if nobody could decide; it has a name of its own")
  void refused() {
    var founders =
        new Members(
            IntStream.rangeClosed(1, 3)
                .mapToObj(i -> new NodeAddress("n" + i, "pekko://t@n" + i + ":1"))
                .toList());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Zab.protocol(FIRST_TWO).check(founders))
        .withMessageContaining("not all of them 0");
    var only = Zab.protocol(Voting.weighted(Map.of("n3", 1)));
    only.check(founders);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> only.check(founders.withObservers("n3")))
        .withMessageContaining("not all of them 0");
    assertThat(only.name()).isEqualTo("zab n3=1");
    assertThat(Zab.protocol().name()).isEqualTo("zab");
  }
}
