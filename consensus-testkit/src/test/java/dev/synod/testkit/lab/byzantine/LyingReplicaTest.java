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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A Raft group that is cut into two overlapping halves, with one replica in both")
class LyingReplicaTest {

  /** Says yes to whoever wants its vote, whatever it has voted and however old the log. */
  private static final class Flatterer implements Misheard.Ear {

    private final Map<String, StoreId> stores = new HashMap<>();
    private String name = "nobody yet";

    @Override
    public RaftMessage hear(Member self, RaftMessage message) {
      stores.put(self.node().name(), self.store());
      boolean fromFlatterer = message.from().equals(stores.get(name));
      if (self.node().name().equals(name) && message instanceof RequestVote request) {
        return new RequestVote(request.from(), request.term(), request.lastLog(), true);
      } else if (fromFlatterer && message instanceof PreVoteReply reply) {
        return new PreVoteReply(reply.from(), reply.term(), true);
      } else if (fromFlatterer && message instanceof VoteReply reply) {
        return new VoteReply(reply.from(), reply.term(), true);
      }
      return message;
    }
  }

  /** The leader and another server don't hear each other; the third, told by name, hears both. */
  private static GroupWorld halved(long seed, Protocol protocol, Consumer<String> third) {
    var group =
        new GroupWorld(
            seed, GroupSettings.of(protocol, new RaftLens(), 3, Recovery.raft().total()));
    group.runFor(Duration.ofSeconds(10));
    var names = new ArrayList<>(group.world().names());
    var leader =
        group.watch().replicas().stream().filter(ReplicaView::leads).findFirst().orElseThrow();
    names.remove(leader.node());
    third.accept(names.get(0));
    new Fault.Partition(
            "%s,%s | %s,%s".formatted(leader.node(), names.get(0), names.get(0), names.get(1)))
        .begin(group.world());
    group.runFor(Duration.ofSeconds(30));
    return group;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName(
      "elects a leader that lacks what is committed, if that one lies: Raft bears no liars")
  void liarBreaksRaft(long seed) {
    var flatterer = new Flatterer();

    var group =
        halved(seed, new Misheard(Raft.protocol(), flatterer), name -> flatterer.name = name);

    assertThat(group.violation())
        .hasValueSatisfying(
            violation -> assertThat(violation.invariant()).isEqualTo("leader completeness"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("goes on if that one is honest")
  void honestGroupGoesOn(long seed) {
    var group = halved(seed, Raft.protocol(), name -> {});

    assertThat(group.violation()).isEmpty();
    assertThat(group.tally().done()).isGreaterThan(100);
  }
}
