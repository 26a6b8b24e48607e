package dev.synod.paxos.actor.multi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.multi.Regimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Which configuration governs which slot, as a learner finds it,")
class GoverningTest {

  private static final int ALPHA = 4;

  private final TestInbox<ReplicaMessage> proposer = TestInbox.create();
  private final List<List<Long>> told = new ArrayList<>();
  private final Governing governing = governing();

  @Test
  @DisplayName("is told to the node until the last slot of an older one is chosen, and no longer")
  void elder() {
    var next = configuration(2, 1, 2);

    governing.fed(List.of(command(6), new Entry(7, new Term(1), EntryKind.CONFIGURATION, next)));
    assertThat(told).containsExactly(List.of(1L, 2L));
    governing.fed(List.of(command(8), command(9)));
    assertThat(told).hasSize(1);
    governing.fed(List.of(command(10)));
    assertThat(told).containsExactly(List.of(1L, 2L), List.of(2L));
    governing.fed(List.of(command(11)));
    assertThat(told).hasSize(2);
    assertThat(proposer.getAllReceived()).hasSize(1);
  }

  @Test
  @DisplayName("is not what a state says that was newer than the snapshot it was to be restored to")
  void newerState() {
    var next = configuration(2, 1, 2);
    governing.fed(List.of(new Entry(7, new Term(1), EntryKind.CONFIGURATION, next), command(8)));
    assertThat(proposer.getAllReceived()).hasSize(1);

    governing.restored(8, Configuration.decode(next));

    assertThat(proposer.hasMessages()).isFalse();
    assertThat(governing.isSettledAt(8)).isFalse();
    assertThat(governing.isSettledAt(10)).isTrue();
    governing.restored(20, Configuration.decode(next));
    assertThat(proposer.hasMessages()).isTrue();
    assertThat(governing.isSettledAt(20)).isTrue();
  }

  private Governing governing() {
    var founding = Configuration.decode(configuration(1, 1, 2, 3));
    var regimes = Regimes.founding(ALPHA, one -> Quorums.majorities(stores(one)), founding);
    return new Governing(
        all -> told.add(all.stream().map(Configuration::version).toList()),
        regimes,
        TestInbox.<ReplicaMessage>create().getRef(),
        proposer.getRef());
  }

  private static List<StoreId> stores(Configuration configuration) {
    return configuration.members().stream().map(Member::store).toList();
  }

  private static Entry command(long slot) {
    return SlotSamples.entry(slot, "add 5");
  }

  private static Bytes configuration(long version, long... ids) {
    var members = new ArrayList<Member>();
    for (long id : ids) {
      members.add(member(id));
    }
    var all = new Configuration(members);
    return new Configuration(
            version, members, all.membership(), Optional.of(new UUID(1, 2)), Optional.empty())
        .encode();
  }

  private static Member member(long id) {
    return new Member(StoreId.of(id), new NodeAddress("n" + id, "pekko://x@n" + id + ":1"));
  }
}
