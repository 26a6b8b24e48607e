package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.rules.Neighbours;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Nodes that were never met")
class UnmetTest {

  private static final ReplicaId SELF = new ReplicaId(1);
  private static final ReplicaId OTHER = new ReplicaId(2);

  private static List<String> said(Neighbours neighbours) {
    var unmet = new Unmet("synod-crdt-carts.0-of-3");
    var said = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      unmet.asked(neighbours).ifPresent(said::add);
    }
    return said;
  }

  @Test
  @DisplayName("are named once, with what it may be")
  void named() {
    var neighbours = Neighbours.of("a", SELF, List.of("a", "b", "c")).ask().after();
    var met = neighbours.heard(new PeerMessage.Here("b", OTHER, SELF, 1)).after();

    assertThat(said(met))
        .singleElement()
        .asString()
        .contains("[c]", "asked 10 times", "synod-crdt-carts.0-of-3", "synod.crdt.shards");
  }

  @Test
  @DisplayName("are none if all have answered")
  void none() {
    var neighbours = Neighbours.of("a", SELF, List.of("a", "b")).ask().after();
    var met = neighbours.heard(new PeerMessage.Here("b", OTHER, SELF, 1)).after();

    assertThat(said(met)).isEmpty();
    assertThat(said(Neighbours.of("a", SELF, List.of("a")))).isEmpty();
  }
}
