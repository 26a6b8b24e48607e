package dev.synod.samples.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call to one of several nodes")
class NodesTest {

  private static final Outcome<Long> OK = new Outcome.Ok<>(1L, 1);
  private static final Outcome<Long> AWAY =
      new Outcome.Rejected<>(Outcome.Reason.NOT_HOSTED, "away");
  private static final Outcome<Long> BUSY = new Outcome.Rejected<>(Outcome.Reason.BUSY, "busy");
  private static final Outcome<Long> UNKNOWN = new Outcome.Unknown<>("lost");

  private final List<String> called = new ArrayList<>();
  private final Nodes nodes = new Nodes(List.of(node("n1"), node("n2"), node("n3")));

  @Test
  @DisplayName("goes on to the next node if the first does not run")
  void goesOn() {
    assertThat(nodes.once(answers(AWAY, OK, OK))).isEqualTo(OK);
    assertThat(called).containsExactly("n1", "n2");
  }

  @Test
  @DisplayName("is not made again if it may have been taken")
  void isNotRepeated() {
    assertThat(nodes.once(answers(UNKNOWN, OK, OK))).isEqualTo(UNKNOWN);
    assertThat(called).containsExactly("n1");
  }

  @Test
  @DisplayName("is made again if that is harmless")
  void isRepeatedIfHarmless() {
    assertThat(nodes.repeatably(answers(UNKNOWN, AWAY, OK))).isEqualTo(OK);
    assertThat(called).containsExactly("n1", "n2", "n3");
  }

  @Test
  @DisplayName("ends where it was rejected for good")
  void endsWhereRejected() {
    assertThat(nodes.repeatably(answers(BUSY, OK, OK))).isEqualTo(BUSY);
    assertThat(called).containsExactly("n1");
  }

  @Test
  @DisplayName("stays unknown once a try was, whatever the later ones say")
  void unknownStays() {
    assertThat(nodes.repeatably(answers(UNKNOWN, BUSY, OK)))
        .isEqualTo(new Outcome.Unknown<Long>("busy"));
    assertThat(nodes.repeatably(answers(UNKNOWN, AWAY, AWAY)))
        .isEqualTo(new Outcome.Unknown<Long>("away"));
  }

  @Test
  @DisplayName("can begin at any node, and goes round")
  void goesRound() {
    assertThat(nodes.startingAt(5).all())
        .extracting(NodeClient::name)
        .containsExactly("n3", "n1", "n2");
  }

  private Function<NodeClient, Outcome<Long>> answers(
      Outcome<Long> n1, Outcome<Long> n2, Outcome<Long> n3) {
    var byName = Map.of("n1", n1, "n2", n2, "n3", n3);
    return node -> {
      called.add(node.name());
      return byName.get(node.name());
    };
  }

  private static NodeClient node(String name) {
    return new NodeClient(HttpClient.newHttpClient(), name, URI.create("http://127.0.0.1:1"));
  }
}
