package dev.synod.raft.actor;

import static dev.synod.raft.actor.ShellFixture.S2;
import static dev.synod.raft.actor.ShellFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import dev.synod.core.Term;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.protocol.RaftMessage.HeartbeatReply;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A running Raft replica goes by other settings from now on")
class RaftShellRetuneTest {

  private static final Term T1 = new Term(1);

  private final ShellFixture node = new ShellFixture();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  @DisplayName("a leader's heartbeats come after the new interval")
  void heartbeats() {
    leads();
    node.retune("heartbeat-interval = 10ms");

    node.timePasses(Duration.ofMillis(10));

    node.expectToldBy(node.s2, Heartbeat.class);
  }

  @Test
  @DisplayName("it refuses proposals above the new bound as busy")
  void proposals() {
    leads();
    node.retune("proposals-pending-max = 2");

    node.propose(1, 2, 3);

    assertThat(node.client.receiveMessage().answers())
        .extracting(Answer::outcome)
        .hasSize(3)
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.BUSY)));
  }

  @Test
  @DisplayName("it sends as much at a time as the new limits allow")
  void appends() {
    leads();
    node.retune("entries-per-append-max = 2");

    node.propose(1, 2, 3);

    assertThat(node.expectToldBy(node.s2, AppendEntries.class).entries()).hasSize(2);
    assertThat(node.expectToldBy(node.s2, AppendEntries.class).entries()).hasSize(1);
  }

  @Test
  @DisplayName("a follower that is told takes the limits along when it leads")
  void beforeItLeads() {
    node.start();
    node.retune("entries-per-append-max = 1");
    node.elect();
    node.fromPeer(new AppendAccepted(S2, T1, 1));

    node.propose(1, 2);

    assertThat(node.expectToldBy(node.s2, AppendEntries.class).entries()).hasSize(1);
  }

  @Test
  @DisplayName("it takes a snapshot as soon as the new threshold is reached")
  void snapshots() {
    var replica = leads();
    node.applier.expectMessageClass(ApplierMessage.Apply.class);
    node.retune("snapshot-after-entries = 1, snapshot-tail-entries = 0");

    replica.tell(new ApplierMessage.Applied(1));

    node.applier.expectMessageClass(ApplierMessage.TakeSnapshot.class);
  }

  @Test
  @DisplayName("it answers lease reads by itself from now on, and asks once it is told not to")
  void leases() {
    leads();
    node.retune("lease-reads = on");
    node.timePasses(settings().heartbeatInterval());
    var beat = node.expectToldBy(node.s2, Heartbeat.class);
    node.fromPeer(new HeartbeatReply(S2, T1, beat.round(), 1));
    node.applier.expectMessageClass(ApplierMessage.Apply.class);

    node.ask(1, Read.lease());
    node.settle();
    node.applier.expectMessageClass(ApplierMessage.Answer.class);

    node.retune("lease-reads = off");
    node.ask(2, Read.lease());
    node.settle();
    node.applier.expectNoMessage();
  }

  @Test
  @DisplayName("a lease that has begun ends sooner once clocks are trusted less")
  void trustsClocksLess() {
    leads();
    node.retune("lease-reads = on, clock-drift-max = 0");
    node.timePasses(settings().heartbeatInterval());
    var beat = node.expectToldBy(node.s2, Heartbeat.class);
    node.fromPeer(new HeartbeatReply(S2, T1, beat.round(), 1));
    node.applier.expectMessageClass(ApplierMessage.Apply.class);
    node.retune("lease-reads = on, clock-drift-max = 0.9");

    node.timePasses(settings().electionTimeoutMin().dividedBy(6));
    node.ask(1, Read.lease());
    node.settle();

    node.applier.expectNoMessage();
  }

  @Test
  @DisplayName("it tells leaders its new priority")
  void priority() {
    node.start();
    node.retune("priority = 7");

    node.fromPeer(new Heartbeat(S2, T1, 0, 1));
    node.settle();
    node.log.becomeDurable();

    assertThat(node.expectToldBy(node.s2, HeartbeatReply.class).priority()).isEqualTo(7);
  }

  /** Its no-op is committed, as S2 knows. */
  private ActorRef<ReplicaMessage> leads() {
    var replica = node.startLeader();
    node.log.becomeDurable();
    node.fromPeer(new AppendAccepted(S2, T1, 1));
    assertThat(node.expectToldBy(node.s2, Heartbeat.class).commitIndex()).isEqualTo(1);
    return replica;
  }
}
