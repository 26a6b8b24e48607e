package dev.synod.samples.modes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.actor.ReplicatorPeers;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage.Who;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Links between nodes")
class LinksTest {

  private final Links links = new Links(() -> {});
  private final List<String> arrived = new ArrayList<>();
  private final ReplicatorPeers a = from("a");
  private final ReplicatorPeers b = from("b");

  private ReplicatorPeers from(String node) {
    return links.between(
        node, (to, message) -> arrived.add("%s > %s: %d".formatted(node, to, number(message))));
  }

  private static long number(Object message) {
    return ((Who) message).question();
  }

  private static void send(ReplicatorPeers from, String to, int number) {
    from.tell(to, new Who("x", new ReplicaId(1), number));
  }

  @Test
  @DisplayName("are cut in one direction, and lose what is sent meanwhile")
  void cut() {
    links.cut("a", "b");
    send(a, "b", 1);
    send(b, "a", 2);
    send(a, "c", 3);
    links.heal();
    send(a, "b", 4);

    assertThat(arrived).containsExactly("b > a: 2", "a > c: 3", "a > b: 4");
  }

  @Test
  @DisplayName("are held in one direction, and deliver in order what was sent meanwhile")
  void held() {
    links.hold("a", "b");
    send(a, "b", 1);
    send(a, "b", 2);
    send(b, "a", 3);
    assertThat(links.waiting("a", "b")).isEqualTo(2);
    assertThat(links.waiting("b", "a")).isZero();
    links.heal();
    send(a, "b", 4);

    assertThat(arrived).containsExactly("b > a: 3", "a > b: 1", "a > b: 2", "a > b: 4");
    assertThat(links.waiting("a", "b")).isZero();
  }

  @Test
  @DisplayName("hold no more than they have room for")
  void full() {
    links.hold("a", "b");
    for (int i = 0; i < 2_000; i++) {
      send(a, "b", i);
    }
    links.heal();

    assertThat(arrived).hasSize(1_000).last().isEqualTo("a > b: 999");
  }
}
