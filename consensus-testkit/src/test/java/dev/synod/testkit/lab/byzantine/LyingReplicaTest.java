package dev.synod.testkit.lab.byzantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Protocol;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.raft.Raft;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.VoteReply;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.GroupWorld;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.invariant.ReplicaView;
import dev.synod.testkit.lab.Misheard;
import dev.synod.testkit.raft.RaftLens;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A Raft group that is cut into two overlapping halves, with n3 in both")
class LyingReplicaTest {

  /** n3 never says no: it votes for anybody, whatever it has voted and however old the log. */
  private static final class Flatterer implements Misheard.Ear {

    private final Map<String, StoreId> stores = new HashMap<>();

    @Override
    public RaftMessage hear(Member self, RaftMessage message) {
      stores.put(self.node().name(), self.store());
      boolean fromFlatterer = message.from().equals(stores.get("n3"));
      if (self.node().name().equals("n3") && message instanceof RequestVote request) {
        return new RequestVote(request.from(), request.term(), request.lastLog(), true);
      } else if (fromFlatterer && message instanceof PreVoteReply reply) {
        return new PreVoteReply(reply.from(), reply.term(), true);
      } else if (fromFlatterer && message instanceof VoteReply reply) {
        return new VoteReply(reply.from(), reply.term(), true);
      }
      return message;
    }
  }

  private static GroupWorld halved(long seed, Protocol protocol) {
    var group =
        new GroupWorld(
            seed, GroupSettings.of(protocol, new RaftLens(), 3, Recovery.raft().total()));
    group.runFor(Duration.ofSeconds(10));
    var leader =
        group.watch().replicas().stream().filter(ReplicaView::leads).findFirst().orElseThrow();
    assertThat(leader.node()).as("the leader, which must hear n3 only").isNotEqualTo("n3");
    new Fault.Partition("n1,n3 | n3,n2").begin(group.world());
    group.runFor(Duration.ofSeconds(30));
    return group;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("loses what it has acknowledged if n3 lies: Raft bears no liars")
  void liarBreaksRaft(long seed) {
    var group = halved(seed, new Misheard(Raft.protocol(), new Flatterer()));

    assertThat(group.violation()).isPresent();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("goes on if n3 is honest")
  void honestGroupGoesOn(long seed) {
    var group = halved(seed, Raft.protocol());

    assertThat(group.violation()).isEmpty();
    assertThat(group.tally().done()).isGreaterThan(100);
  }
}
