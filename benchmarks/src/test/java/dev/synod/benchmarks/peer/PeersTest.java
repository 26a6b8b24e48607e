package dev.synod.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@DisplayName("A measured system, three replicas in this process,")
class PeersTest {

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "synod-raft",
        "synod-paxos",
        "synod-zab",
        "jraft",
        "ratis",
        "zookeeper",
        "microraft-memory"
      })
  @DisplayName("acknowledges writes, answers reads of both kinds, and names its leader")
  void answers(String name, @TempDir Path folder) throws Exception {
    Peer peer = Peers.named(name);
    var setup = Setup.of(3, 1, 100, folder);
    assertThat(peer.refusal(Layout.ONE_JVM, setup)).isEmpty();
    var replicas = new ArrayList<Peer.Replica>();
    try {
      for (int i = 0; i < setup.replicas(); i++) {
        replicas.add(peer.start(i, setup));
      }
      // A leader may be lost to an election where the machine is busy: then all begins anew.
      long leadership = Waiting.untilDone(() -> asked(peer, setup, replicas));
      assertThat(leadership).isPositive();
    } finally {
      for (Peer.Replica replica : replicas) {
        replica.close();
      }
    }
  }

  /** Writes and reads; gives the leader's number. */
  private static long asked(Peer peer, Setup setup, List<Peer.Replica> replicas) throws Exception {
    try (var client = peer.connect(setup, replicas)) {
      for (int i = 0; i < 10; i++) {
        get(client.write(new byte[100]));
      }
      get(client.read(new byte[Integer.BYTES], Freshness.LINEARIZABLE));
      get(client.read(new byte[Integer.BYTES], Freshness.STALE));
      assertThat(client.leader().orElseThrow()).isBetween(0, setup.replicas() - 1);
      return client.leadership().orElseThrow();
    }
  }

  private static void get(java.util.concurrent.CompletionStage<?> answer) throws Exception {
    answer.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
