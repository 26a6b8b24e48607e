package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.S3;
import static dev.synod.raft.RaftFixture.log;

import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Conversations that a person can read, in {@code src/test/resources/transcripts}. */
@DisplayName("Conversations go as they were written down")
class TranscriptTest {

  private final Cluster cluster = Cluster.of(3);

  @Test
  @DisplayName("an election of three")
  void election() throws IOException {
    cluster.timesOut(S1);
    cluster.deliverAll();

    check("election");
  }

  @Test
  @DisplayName("a replication round")
  void replication() throws IOException {
    cluster.elect(S1);
    cluster.transcript.begin();
    cluster.propose(S1, "x", "y");
    cluster.deliverAll();

    check("replication");
  }

  @Test
  @DisplayName("a conflict repaired: Figure 7 (f)")
  void conflict() throws IOException {
    cluster.node(S1).began(7, log(1, 1, 1, 4, 4, 5, 5, 6, 6, 6));
    cluster.node(S2).began(7, log(1, 1, 1, 4, 4, 5, 5, 6, 6, 6));
    cluster.node(S3).began(7, log(1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3));
    cluster.cutOff(S2);
    cluster.timesOut(S1);
    cluster.heal();
    cluster.deliver(e -> !e.is(AppendEntries.class));
    cluster.transcript.begin();
    cluster.deliver(e -> e.touches(S3));

    check("conflict");
  }

  @Test
  @DisplayName("a leader deposed by another that was elected without it")
  void deposed() throws IOException {
    cluster.elect(S1);
    cluster.cutOff(S1);
    cluster.propose(S1, "late");
    cluster.deliverAll();
    cluster.elect(S2);
    cluster.transcript.begin();
    cluster.heal();
    cluster.beats(S1);
    cluster.deliver(e -> e.touches(S1));
    cluster.beats(S2);
    cluster.deliver(e -> e.touches(S1));

    check("deposed");
  }

  @Test
  @DisplayName("a read confirmed")
  void read() throws IOException {
    cluster.elect(S1);
    cluster.transcript.begin();
    cluster.read(S1, 1);
    cluster.read(S1, 2);
    cluster.read(S1, 3);
    cluster.deliverAll();

    check("read");
  }

  @Test
  @DisplayName("a snapshot sent")
  void snapshot() throws IOException {
    cluster.cutOff(S3);
    cluster.elect(S1);
    cluster.propose(S1, "x", "y");
    cluster.deliverAll();
    cluster.compact(S1, 3);
    cluster.transcript.begin();
    cluster.heal();
    cluster.beats(S1);
    cluster.deliverAll();
    cluster.beats(S1);
    cluster.deliverAll();
    cluster.deliverSnapshots(S1);
    cluster.deliverAll();

    check("snapshot");
  }

  @Test
  @DisplayName("a vote waits for the disk")
  void durability() throws IOException {
    cluster.nodes().forEach(node -> node.diskSyncs(false));
    cluster.timesOut(S1);
    cluster.deliverAll();
    cluster.syncs(S1);
    cluster.deliverAll();
    cluster.syncs(S2);
    cluster.deliverAll();
    cluster.syncs(S2);
    cluster.deliverAll();

    check("vote-waits-for-the-disk");
  }

  @Test
  @DisplayName("leadership handed over")
  void handover() throws IOException {
    cluster.elect(S1);
    cluster.transcript.begin();
    cluster.handsOver(S1);
    cluster.deliverAll();

    check("handover");
  }

  private void check(String name) throws IOException {
    Golden.check("transcripts/" + name + ".txt", cluster.transcript.toString());
  }
}
