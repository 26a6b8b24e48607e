package dev.synod.samples.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.samples.chat.Message;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** One node over HTTP. Every method blocks, at most {@link #TIMEOUT}. */
public final class NodeClient {

  /** For an answer; above the time within which a node gives one, so that its own words arrive. */
  public static final Duration TIMEOUT = Duration.ofSeconds(20);

  /**
   * For a node of this machine to accept a connection, or to say how it is. One that is gone
   * refuses at once; one that does not may be as busy as the machine.
   */
  private static final Duration PROMPT = Duration.ofSeconds(5);

  /** Of a stream that gives a sign of life more often. */
  private static final Duration SILENCE = Duration.ofSeconds(12);

  private final HttpClient http;
  private final String name;
  private final URI node;

  /**
   * A client of one node.
   *
   * @param node such as {@code http://127.0.0.1:8080}
   */
  public NodeClient(HttpClient http, String name, URI node) {
    this.http = http;
    this.name = name;
    this.node = node;
  }

  /** The HTTP client that all node clients of a process share. */
  public static HttpClient sharedHttp() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PROMPT)
        .build();
  }

  public String name() {
    return name;
  }

  public Outcome<Long> add(long amount) {
    return write("/api/counter", Json.object().put("by", amount), "value", JsonNode::asLong);
  }

  public Outcome<Long> counter(Read read) {
    return read("/api/counter?" + query(read), "value", JsonNode::asLong);
  }

  /**
   * Hands over the counter's changes behind that index as they are applied, until the taker has had
   * enough or the node ends or falls silent. Says why, if there is nothing to go on with: at any
   * node.
   *
   * @param taker says whether it wants more
   */
  public Optional<String> follow(long after, Predicate<CounterChange> taker) {
    var lines = new LineQueue();
    var request = request("/api/counter/changes?after=" + after).timeout(SILENCE).GET().build();
    http.sendAsync(request, response -> HttpResponse.BodySubscribers.fromLineSubscriber(lines))
        .exceptionally(
            failure -> {
              lines.onError(failure);
              return null;
            });
    for (var line = lines.next(SILENCE); line.isPresent(); line = lines.next(SILENCE)) {
      if (line.get().isEmpty()) {
        continue;
      }
      var object = Json.readObject(line.get());
      if (!object.has("by")) {
        lines.cancel();
        return Optional.of(object.path("end").asText(object.path("text").asText()));
      }
      if (!taker.test(Json.read(object, CounterChange.class))) {
        lines.cancel();
        break;
      }
    }
    return Optional.empty();
  }

  /** Says something; the same id again is the same message. */
  public Outcome<Message> say(String id, String author, String text) {
    var body = Json.object().put("id", id).put("author", author).put("text", text);
    return write("/api/chat", body, "message", tree -> Json.read(tree, Message.class));
  }

  public Outcome<List<Message>> messages(long after, Read read) {
    return read(
        "/api/chat?after=" + after + "&" + query(read),
        "messages",
        tree -> Arrays.asList(Json.read(tree, Message[].class)));
  }

  /** Backs a group up on the node's machine; gives the file. */
  public Outcome<String> backUp(String group, String name) {
    var body = Json.object().put("group", group).put("name", name);
    return write("/api/backup", body, "file", JsonNode::asText);
  }

  /** What the node says of itself; empty if it does not answer. */
  public Optional<NodeStatus> status() {
    try {
      var response = send(request("/api/status").timeout(PROMPT).GET());
      return response.statusCode() == 200
          ? Optional.of(Json.read(response.body(), NodeStatus.class))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the node answers and each of its groups has a leader. */
  public boolean isReady() {
    try {
      return send(request("/health").timeout(PROMPT).GET()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private <R> Outcome<R> write(
      String path, ObjectNode body, String field, Function<JsonNode, R> reply) {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
    return answer(request, field, reply);
  }

  private <R> Outcome<R> read(String path, String field, Function<JsonNode, R> reply) {
    return answer(request(path).GET(), field, reply);
  }

  private <R> Outcome<R> answer(
      HttpRequest.Builder request, String field, Function<JsonNode, R> reply) {
    try {
      var response = send(request.timeout(TIMEOUT));
      return Outcomes.read(Json.readObject(response.body()), field, reply);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      // Nothing was sent, so nothing was taken.
      return new Outcome.Rejected<>(
          Outcome.Reason.NOT_HOSTED, "Node " + name + " is not running (" + node + ").");
    } catch (IOException | IllegalArgumentException e) {
      return new Outcome.Unknown<>(
          "Node %s did not answer (%s).".formatted(name, e.getClass().getSimpleName()));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(node.resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String query(Read read) {
    if (read instanceof Read.AtLeast atLeast) {
      return "read=at-least&index=" + atLeast.index();
    }
    if (read instanceof Read.Bounded bounded) {
      return "read=bounded&lag=" + bounded.lag().toMillis();
    }
    if (read instanceof Read.Lease) {
      return "read=lease";
    }
    return read instanceof Read.Stale ? "read=stale" : "read=linearizable";
  }
}
