package dev.synod.crdt.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A dotted version vector (CLK-02)")
class DottedVersionVectorTest {

  private static final ReplicaId SERVER = new ReplicaId(1);

  /** A server of one value, which takes writes of clients. */
  private static List<DottedVersionVector> write(
      List<DottedVersionVector> stored, VersionVector seen, ReplicaId server) {
    return DottedVersionVector.sync(
        stored, List.of(DottedVersionVector.next(stored, seen, server)));
  }

  private static VersionVector seen(List<DottedVersionVector> read) {
    var seen = VersionVector.EMPTY;
    for (var version : read) {
      seen = seen.merge(version.covered());
    }
    return seen;
  }

  @Test
  @DisplayName("keeps both writes of two clients that had read the same, through one server")
  void twoClientsOneServer() {
    var first = write(List.of(), VersionVector.EMPTY, SERVER);
    var read = seen(first);

    var both = write(write(first, read, SERVER), read, SERVER);

    assertThat(both).hasSize(2);
    assertThat(both.get(0).compare(both.get(1))).isEqualTo(Causality.CONCURRENT);
    assertThat(both.get(1).compare(first.get(0))).isEqualTo(Causality.AFTER);
    assertThat(first.get(0).compare(both.get(0))).isEqualTo(Causality.BEFORE);
    assertThat(both.get(0).compare(both.get(0))).isEqualTo(Causality.EQUAL);
    assertThat(write(both, seen(both), SERVER)).hasSize(1);
  }

  @Test
  @DisplayName(
      "has no more versions than clients that write at once, and no more numbers than servers")
  void bounded() {
    int clients = 4;
    var random = new Random(1);
    List<List<DottedVersionVector>> servers = new ArrayList<>(List.of(List.of(), List.of()));
    var known = new ArrayList<VersionVector>();
    for (int i = 0; i < clients; i++) {
      known.add(VersionVector.EMPTY);
    }
    for (int i = 0; i < 10_000; i++) {
      int client = random.nextInt(clients);
      int server = random.nextInt(2);
      servers.set(server, write(servers.get(server), known.get(client), new ReplicaId(server + 1)));
      servers.set(server, DottedVersionVector.sync(servers.get(server), servers.get(1 - server)));
      known.set(client, seen(servers.get(server)));

      assertThat(servers.get(server)).hasSizeLessThanOrEqualTo(2 * clients);
      servers.get(server).forEach(version -> assertThat(version.past().size()).isLessThan(3));
    }
  }

  @Test
  @DisplayName("has no event that was seen before it was")
  void refused() {
    var dot = new Dot(SERVER, 3);
    assertThatThrownBy(() -> new DottedVersionVector(dot, VersionVector.of(SERVER, 3)))
        .hasMessageContaining("seen before it was");
  }
}
