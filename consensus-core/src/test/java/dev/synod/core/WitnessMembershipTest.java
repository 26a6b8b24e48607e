package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.MembershipChange.AddLearner;
import dev.synod.core.MembershipChange.AddVoter;
import dev.synod.core.MembershipChange.AddWitness;
import dev.synod.core.MembershipChange.Remove;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Witnesses in the arithmetic of membership changes")
class WitnessMembershipTest {

  private static final Membership TWO_AND_ONE = of(ids(1, 2, 3), ids(3));

  @Test
  @DisplayName("they are a minority of the voters: 1 of 3 or 4, 2 of 5, none of 1 or 2")
  void minority() {
    assertThat(of(ids(1, 2, 3), ids(3)).isWitness(StoreId.of(3))).isTrue();
    assertThat(of(ids(1, 2, 3, 4), ids(4)).witnesses()).isEqualTo(ids(4));
    assertThat(of(ids(1, 2, 3, 4, 5), ids(4, 5)).witnesses()).isEqualTo(ids(4, 5));

    assertThatThrownBy(() -> of(ids(1), ids(1))).hasMessageContaining("1 of 1 voters");
    assertThatThrownBy(() -> of(ids(1, 2), ids(2))).hasMessageContaining("1 of 2 voters");
    assertThatThrownBy(() -> of(ids(1, 2, 3, 4), ids(3, 4))).hasMessageContaining("2 of 4 voters");
  }

  @Test
  @DisplayName("fast against dumb: every majority has a full replica, of both halves while joint")
  void everyMajorityHasOne() {
    var random = new Random(11);
    int built = 0;
    for (int run = 0; run < 5_000; run++) {
      var from = random.nextInt(3) == 0 ? TWO_AND_ONE : of(ids(1, 2, 3, 4, 5), ids(4, 5));
      try {
        var joint = from.enterJoint(someOf(random));
        built++;
        assertThat(joint.quorum().isMetBy(joint::isWitness)).isFalse();
        assertThat(joint.leaveJoint().quorum().isMetBy(joint::isWitness)).isFalse();
        assertThat(joint.leaveJoint().all()).containsAll(joint.leaveJoint().witnesses());
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageMatching("(?s).+");
      }
    }
    assertThat(built).isGreaterThan(500);
  }

  @Test
  @DisplayName("one is let in as a learner that is a witness already, then votes, jointly")
  void letIn() {
    var goal = Membership.of(ids(1, 2, 3)).enterJoint(List.of(witness(4))).leaveJoint();
    var admitted = Membership.of(ids(1, 2, 3)).admitting(goal);
    var joint = admitted.enterJoint(admitted.changesTo(goal));

    assertThat(admitted.learners()).isEqualTo(ids(4));
    assertThat(admitted.witnesses()).isEqualTo(ids(4));
    assertThat(joint.voters()).isEqualTo(ids(1, 2, 3, 4));
    assertThat(joint.leaveJoint()).isEqualTo(goal);
  }

  @Test
  @DisplayName("one that leaves is a witness until the joint membership ends")
  void leaves() {
    var joint = TWO_AND_ONE.enterJoint(List.of(new Remove(StoreId.of(3)), witness(4)));

    assertThat(joint.witnesses()).isEqualTo(ids(3, 4));
    assertThat(joint.leaveJoint()).isEqualTo(of(ids(1, 2, 4), ids(4)));
  }

  @Test
  @DisplayName("nobody goes from one kind to the other, in two changes at once neither")
  void kindsStay() {
    var third = StoreId.of(3);

    assertThatThrownBy(() -> TWO_AND_ONE.simple(List.of(new AddVoter(third))))
        .hasMessageContaining("is a witness and can't become a full replica");
    assertThatThrownBy(() -> TWO_AND_ONE.enterJoint(List.of(new AddLearner(third))))
        .hasMessageContaining("is a witness and can't become a full replica");
    assertThatThrownBy(() -> TWO_AND_ONE.enterJoint(List.of(witness(2))))
        .hasMessageContaining("is a full replica and can't become a witness");
    assertThatThrownBy(
            () ->
                of(ids(1, 2, 4), List.of())
                    .enterJoint(List.of(new Remove(StoreId.of(4)), witness(4))))
        .hasMessageContaining("is a full replica");
    assertThat(TWO_AND_ONE.simple(List.of(witness(3)))).isEqualTo(TWO_AND_ONE);
  }

  @Test
  @DisplayName("the last full replica but a minority can't leave, and half of them can't be taken")
  void remaining() {
    assertThatThrownBy(() -> TWO_AND_ONE.enterJoint(List.of(new Remove(StoreId.of(1)))))
        .hasMessageContaining("1 of 2 voters would be witnesses");
    assertThatThrownBy(() -> Membership.of(ids(1)).enterJoint(List.of(witness(2))))
        .hasMessageContaining("1 of 2 voters would be witnesses");
    assertThatThrownBy(() -> TWO_AND_ONE.enterJoint(List.of(new AddLearner(StoreId.of(2)))))
        .hasMessageContaining("must be a minority");
  }

  @Test
  @DisplayName("who has state is asked without them: a majority of the full replicas")
  void fullQuorum() {
    var joint = TWO_AND_ONE.enterJoint(List.of(new AddVoter(StoreId.of(4)), witness(5)));

    assertThat(TWO_AND_ONE.fullQuorum().members()).isEqualTo(ids(1, 2));
    assertThat(joint.fullQuorum().members()).isEqualTo(ids(1, 2, 4));
    assertThat(Membership.of(ids(1, 2, 3)).fullQuorum().members()).isEqualTo(ids(1, 2, 3));
  }

  @Test
  @DisplayName("an entry is sent to one without its payload, unless it has to know it")
  void entries() {
    var payload = Bytes.utf8("x");
    for (EntryKind kind : EntryKind.values()) {
      var entry = new Entry(7, new Term(3), kind, payload);
      boolean isWhole = kind == EntryKind.CONFIGURATION || kind == EntryKind.NO_OP;

      assertThat(entry.witnessed().position()).isEqualTo(entry.position());
      assertThat(entry.witnessed().kind()).isEqualTo(isWhole ? kind : EntryKind.WITNESSED);
      assertThat(entry.witnessed().payload()).isEqualTo(isWhole ? payload : Bytes.EMPTY);
    }
  }

  private static List<MembershipChange> someOf(Random random) {
    var changes = new ArrayList<MembershipChange>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      var store = StoreId.of(1 + random.nextInt(7));
      changes.add(
          switch (random.nextInt(4)) {
            case 0 -> new AddVoter(store);
            case 1 -> new AddWitness(store);
            case 2 -> new AddLearner(store);
            default -> new Remove(store);
          });
    }
    return changes;
  }

  private static Membership of(List<StoreId> voters, List<StoreId> witnesses) {
    return Membership.of(voters, List.of(), witnesses);
  }

  private static List<StoreId> ids(long... numbers) {
    return LongStream.of(numbers).mapToObj(StoreId::of).toList();
  }

  private static MembershipChange witness(long number) {
    return new AddWitness(StoreId.of(number));
  }
}
