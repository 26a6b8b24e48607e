package dev.synod.testkit.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.Membership;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.testkit.invariant.Change.Appended;
import dev.synod.testkit.invariant.Change.Applied;
import dev.synod.testkit.invariant.Change.Based;
import dev.synod.testkit.invariant.Change.Committed;
import dev.synod.testkit.invariant.Change.Configured;
import dev.synod.testkit.invariant.Change.Confirmed;
import dev.synod.testkit.invariant.Change.Entered;
import dev.synod.testkit.invariant.Change.Forced;
import dev.synod.testkit.invariant.Change.Founded;
import dev.synod.testkit.invariant.Change.GoesBy;
import dev.synod.testkit.invariant.Change.Leads;
import dev.synod.testkit.invariant.Change.MembersChanged;
import dev.synod.testkit.invariant.Change.MembersKept;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.Voted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * n1 leads a group of n1, n2 and n3 in epoch 1, and has committed an entry; n4 is no member, and
 * that entry is not durable there.
 */
@DisplayName("Each invariant about members")
class PlantedMemberFaultsTest {

  private static final String STEPS = "configurations follow one by one";
  private static final UUID CHANGE = new UUID(0, 7);
  private static final Membership FOUNDERS = Membership.of(stores(1, 2, 3));
  private static final Configuration FIRST = configuration(1, FOUNDERS, null, null);

  private static List<StoreId> stores(long... numbers) {
    return Arrays.stream(numbers).mapToObj(StoreId::of).toList();
  }

  private static Configuration configuration(
      long version, Membership membership, UUID change, Membership goal) {
    var all = new TreeSet<>(membership.all());
    var members =
        all.stream()
            .map(
                store ->
                    new Member(
                        store,
                        new NodeAddress(
                            "n" + store.uuid().getLeastSignificantBits(), "at " + store)))
            .toList();
    return new Configuration(
        version, members, membership, Optional.ofNullable(change), Optional.ofNullable(goal));
  }

  private static Watch watched(List<Change> changes) {
    var watch = new Watch(List.of("n1", "n2", "n3", "n4"), Invariant.all(), () -> 0);
    for (int i = 1; i <= 4; i++) {
      watch.see(new Founded("n" + i, FIRST));
      watch.recovered("n" + i, 0, List.of(0L));
      watch.see(new Started("n" + i, "s" + i, 0, ""));
      watch.see(new GoesBy("n" + i, FIRST));
    }
    watch.see(new Entered("n1", 1, "s1"));
    watch.see(new Voted("n2", 1, "n1"));
    watch.see(new Leads("n1", 1));
    for (String node : List.of("n1", "n2", "n3", "n4")) {
      watch.see(new Appended(node, 1, 1, 7));
    }
    for (String node : List.of("n1", "n2", "n3")) {
      watch.see(new Forced(node, 1));
    }
    watch.see(new Committed("n1", 1));
    changes.forEach(watch::see);
    return watch;
  }

  private static List<Change> appended(String node, long index, Configuration configuration) {
    return List.of(
        new Configured(node, index, 1, configuration),
        new Appended(node, index, 1, configuration.version()),
        new GoesBy(node, configuration),
        new Forced(node, index));
  }

  private static Arguments broken(String invariant, Object... changesOrLists) {
    var all = new ArrayList<Change>();
    for (Object one : changesOrLists) {
      if (one instanceof List<?> list) {
        list.forEach(change -> all.add((Change) change));
      } else {
        all.add((Change) one);
      }
    }
    return Arguments.of(invariant, all);
  }

  private static Configuration without3(long version, UUID change) {
    return configuration(version, Membership.of(stores(1, 2)), change, null);
  }

  static Stream<Arguments> faults() {
    var learns = configuration(2, Membership.of(stores(1, 2, 3), stores(4)), CHANGE, null);
    var without3 = Membership.of(stores(1, 2));
    var leaving =
        configuration(
            2,
            new Membership(stores(1, 2), stores(1, 2, 3), List.of(), List.of(), List.of()),
            CHANGE,
            without3);
    var left = without3(2, CHANGE);
    var votes4 = configuration(2, Membership.of(stores(1, 2, 3, 4)), CHANGE, null);
    var alone = configuration(2, Membership.of(stores(2)), CHANGE, null);
    return Stream.of(
        broken("leaders are elected by a quorum", new Leads("n3", 2)),
        broken("leaders are elected by a quorum", new Voted("n2", 2, "n3"), new Leads("n3", 2)),
        broken(
            "leaders are elected by a quorum",
            new Voted("n1", 2, "n4"),
            new Voted("n2", 2, "n4"),
            new Leads("n4", 2)),
        broken("what is committed is durable", appended("n1", 2, learns), new Committed("n1", 2)),
        broken(
            "the newest configuration counts",
            appended("n1", 2, learns),
            new Configured("n2", 2, 1, learns),
            new Appended("n2", 2, 1, 2),
            new Forced("n2", 2),
            new Confirmed("n2", 1, 2)),
        broken(STEPS, appended("n1", 2, alone)),
        broken(STEPS, appended("n1", 2, leaving), appended("n1", 3, without3(3, new UUID(0, 8)))),
        broken("new voters have caught up", appended("n1", 2, votes4)),
        broken(
            "a snapshot names the members of its place",
            appended("n1", 2, learns),
            appended("n2", 2, learns),
            new Committed("n1", 2),
            new Based("n3", 2, FIRST, true)),
        broken(
            "changes of members do not cross",
            appended("n1", 2, left),
            appended("n2", 2, left),
            new Committed("n1", 2),
            new MembersChanged("n4", 2, without3, left)),
        broken("changes of members do not cross", new MembersChanged("n4", 1, without3, left)),
        broken(
            "changes of members do not cross",
            appended("n1", 2, left),
            appended("n2", 2, left),
            new Committed("n1", 2),
            new MembersKept("n4", 1, without3, "why")),
        broken(
            "changes of members do not cross",
            new MembersKept("n4", 1, without3, "why"),
            appended("n1", 2, left),
            appended("n2", 2, left),
            new Committed("n1", 2)));
  }

  static Stream<Arguments> faultsOfWitnesses() {
    var witness3 =
        configuration(2, Membership.of(stores(1, 2, 3), List.of(), stores(3)), CHANGE, null);
    return Stream.of(
        broken(
            "what is committed is somewhere in full",
            new Configured("n1", 2, 1, witness3),
            new Appended("n1", 2, 1, 2),
            new GoesBy("n1", witness3),
            appended("n3", 2, witness3),
            new Committed("n1", 2)),
        broken(
            "a witness neither leads nor has a state",
            appended("n1", 2, witness3),
            appended("n3", 2, witness3),
            new Leads("n3", 2)),
        broken(
            "a witness neither leads nor has a state",
            appended("n1", 2, witness3),
            appended("n3", 2, witness3),
            new Committed("n3", 2),
            new Applied("n3", 2, 5, "a")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"faults", "faultsOfWitnesses"})
  @DisplayName("catches the fault planted for it")
  void catchesItsFault(String invariant, List<Change> changes) {
    assertThat(watched(changes).violation())
        .hasValueSatisfying(violation -> assertThat(violation.invariant()).isEqualTo(invariant));
  }

  @Test
  @DisplayName("has nothing against a member that is let go, and leads on until that is committed")
  void wellBehavedChangePasses() {
    var without1 = Membership.of(stores(2, 3));
    var joint =
        configuration(
            2,
            new Membership(stores(2, 3), stores(1, 2, 3), List.of(), List.of(), List.of()),
            CHANGE,
            without1);
    var last = configuration(3, without1, CHANGE, null);
    var changes = new ArrayList<Change>();
    for (String node : List.of("n1", "n2", "n3")) {
      changes.addAll(appended(node, 2, joint));
    }
    changes.add(new Committed("n1", 2));
    for (String node : List.of("n1", "n2", "n3")) {
      changes.addAll(appended(node, 3, last));
    }
    changes.add(new Committed("n1", 3));
    changes.add(new MembersChanged("n4", 1, without1, last));
    changes.add(new MembersKept("n4", 1, Membership.of(stores(1)), "meant for another"));

    assertThat(watched(changes).violation()).isEmpty();
  }

  @Test
  @DisplayName("has nothing against a leader that knows by its snapshot what is committed")
  void committedBySnapshot() {
    var learns = configuration(2, Membership.of(stores(1, 2, 3), stores(4)), CHANGE, null);
    var next = configuration(3, Membership.of(stores(1, 2, 3)), new UUID(0, 8), null);
    var steps = new OverlappingSteps(false);
    var watch = new Watch(List.of("n1"), List.of(steps), () -> 0);
    watch.see(new Founded("n1", FIRST));
    watch.recovered("n1", 0, List.of(0L));
    watch.see(new Started("n1", "s1", 0, ""));
    appended("n1", 1, learns).forEach(watch::see);
    watch.see(new Started("n1", "s1", 1, ""));
    watch.see(new Based("n1", 1, learns, true));
    watch.see(new Leads("n1", 2));
    watch.see(new Configured("n1", 2, 2, next));

    assertThat(watch.violation()).isEmpty();
  }
}
