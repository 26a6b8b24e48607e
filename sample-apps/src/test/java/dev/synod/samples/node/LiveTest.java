package dev.synod.samples.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.synod.core.Outcome;
import dev.synod.samples.api.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page's web socket")
class LiveTest {

  private final TestNode node = new TestNode();
  private final Page page = new Page();
  private WebSocket socket;

  @BeforeEach
  void open() {
    var url = URI.create(node.url().toString().replace("http:", "ws:") + "/ws");
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(url, page).join();
  }

  @AfterEach
  void stop() {
    socket.abort();
    node.close();
  }

  @Test
  @DisplayName("begins with the node's name and where the others are, then all that is there")
  void greets() throws Exception {
    var hello = page.next("hello");

    assertThat(hello.get("node").asText()).isEqualTo("n1");
    assertThat(hello.get("nodes")).hasSize(3);
    assertThat(page.next("counter").get("value").asLong()).isZero();
  }

  @Test
  @DisplayName("answers an add under its ref, and pushes the new value")
  void adds() throws Exception {
    page.next("counter");

    send("{'do':'add','ref':'r1','by':5}");

    // The push and the answer come in any order.
    assertThat(page.next("answer", "counter").get("value").asLong()).isEqualTo(5);
    assertThat(page.next("answer", "counter").get("value").asLong()).isEqualTo(5);
  }

  @Test
  @DisplayName("shows a message that is sent again only once")
  void saysOnce() throws Exception {
    var say = "{'do':'say','ref':'r1','id':'a','author':'ann','text':'hello'}";

    send(say);
    send(say);
    var events =
        List.of(
            page.next("answer", "messages"),
            page.next("answer", "messages"),
            page.next("answer", "messages"));

    assertThat(events)
        .filteredOn(event -> event.has("message"))
        .extracting(event -> event.get("message").get("index").asLong())
        .containsExactly(1L, 1L);
    assertThat(events)
        .filteredOn(event -> event.has("messages"))
        .singleElement()
        .satisfies(event -> assertThat(event.get("messages")).hasSize(1));
  }

  @Test
  @DisplayName("says what is wrong with a request, and goes on")
  void badRequests() throws Exception {
    send("nonsense");
    assertThat(page.next("answer").get("outcome").asText()).isEqualTo("invalid");
    send("{'do':'fly','ref':'r1'}");
    assertThat(page.next("answer").get("ref").asText()).isEqualTo("r1");
    send("{'do':'say','ref':'r2','author':'ann','text':' '}");
    assertThat(page.next("answer").get("text").asText()).isEqualTo("The message is empty.");
    send("{'do':'add','ref':'r3','by':1}");
    assertThat(page.next("answer").get("outcome").asText()).isEqualTo("ok");
  }

  @Test
  @DisplayName("keeps rejected and unknown apart")
  void outcomes() throws Exception {
    node.groups().counter.failWith(new Outcome.Unknown<>("The leader went away."));

    send("{'do':'add','ref':'r1','by':1}");

    assertThat(page.next("answer").get("outcome").asText()).isEqualTo("unknown");
  }

  @Test
  @DisplayName("pushes the table of nodes, as a sign of life too")
  void pushesNodes() throws Exception {
    assertThat(page.next("nodes").get("nodes")).hasSize(3);
    assertThat(page.next("nodes").get("nodes")).hasSize(3);
  }

  private void send(String text) {
    socket.sendText(text.replace('\'', '"'), true).join();
  }

  /** The page's side: events in the order of arrival. */
  private static final class Page implements WebSocket.Listener {

    private final LinkedBlockingQueue<ObjectNode> events = new LinkedBlockingQueue<>(1_000);
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        events.add(Json.readObject(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    /** The next event of one of these kinds; others are passed over. */
    ObjectNode next(String... kinds) throws InterruptedException {
      while (true) {
        var event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).as("an event " + String.join(" or ", kinds)).isNotNull();
        if (List.of(kinds).contains(event.get("event").asText())) {
          return event;
        }
      }
    }
  }
}
