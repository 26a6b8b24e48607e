package dev.synod.samples.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.synod.core.Outcome;
import dev.synod.samples.api.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A node over HTTP")
class WebsiteTest {

  private final TestNode node = new TestNode();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  @DisplayName("adds to the counter and reads it")
  void counter() throws Exception {
    var added = post("/api/counter", "{\"by\": 5}");
    var read = get("/api/counter?read=stale");

    assertThat(added.statusCode()).isEqualTo(200);
    assertThat(json(added)).isEqualTo(json("{'outcome':'ok','index':1,'value':5}"));
    assertThat(json(read)).isEqualTo(json("{'outcome':'ok','index':1,'value':5}"));
  }

  @Test
  @DisplayName("streams the counter's changes behind an index, one a line")
  void changes() throws Exception {
    post("/api/counter", "{\"by\": 5}");
    post("/api/counter", "{\"by\": -3}");
    post("/api/counter", "{\"by\": 1}");

    assertThat(get("/api/counter/changes?after=1").body().lines())
        .containsExactly("{\"index\":2,\"by\":-3}", "{\"index\":3,\"by\":1}");
    assertThat(get("/api/counter/changes").statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("says a message once, however often it is sent")
  void chat() throws Exception {
    var body = "{\"id\":\"a\",\"author\":\" ann \",\"text\":\"<b>hello</b>\"}";

    var first = json(post("/api/chat", body)).get("message");
    var again = json(post("/api/chat", body)).get("message");

    assertThat(again).isEqualTo(first);
    assertThat(first.get("author").asText()).isEqualTo("ann");
    assertThat(first.get("text").asText()).isEqualTo("<b>hello</b>");
    assertThat(json(get("/api/chat")).get("messages")).hasSize(1);
    assertThat(json(get("/api/chat?after=1")).get("messages")).isEmpty();
  }

  @Test
  @DisplayName("backs a group up")
  void backup() throws Exception {
    var response = json(post("/api/backup", "{\"group\":\"counter\",\"name\":\"monday\"}"));

    assertThat(response.get("outcome").asText()).isEqualTo("ok");
    assertThat(response.get("file").asText()).isEqualTo("/backups/monday");
    assertThat(response.get("index").asLong()).isEqualTo(7);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/counter | {}                         | "by" is missing or no whole number.
          /api/counter | {"by":1.5}                 | "by" is missing or no whole number.
          /api/counter | {"by":1e3}                 | "by" is missing or no whole number.
          /api/counter | {"by":2000000}             | 2000000 is too much at once
          /api/counter | [1]                        | The body is not a JSON object.
          /api/counter | {                          | The body is not JSON
          /api/backup  | {"group":"counter"}        | "name" is missing.
          /api/chat    | {"text":"hello"}           | "author" is missing.
          /api/chat    | {"author":1,"text":"x"}    | "author" is not text.
          /api/chat    | {"author":" ","text":"x"}  | The name is empty.
          /api/chat    | {"author":"a","text":" "}  | The message is empty.
          /api/chat    | {"id":"a b","author":"a","text":"x"} | A message's id has
          """)
  @DisplayName("answers 400 and says what is wrong with the input")
  void badInput(String path, String body, String text) throws Exception {
    var response = post(path, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("outcome").asText()).isEqualTo("invalid");
    assertThat(json(response).get("text").asText()).startsWith(text);
  }

  @ParameterizedTest
  @CsvSource({
    "?read=fresh",
    "?read=at-least",
    "?read=at-least&index=-1",
    "?read=bounded",
    "?read=bounded&lag=999999999999",
    "?after=x"
  })
  @DisplayName("answers 400 to a read that makes no sense")
  void badRead(String query) throws Exception {
    assertThat(get("/api/chat" + query).statusCode()).isEqualTo(400);
  }

  @Test
  @DisplayName("keeps rejected and unknown apart, in status and body")
  void rejectedAndUnknown() throws Exception {
    node.groups().counter.failWith(new Outcome.Rejected<>(Outcome.Reason.NO_LEADER, "No leader."));
    node.groups().chat.failWith(new Outcome.Unknown<>("The leader went away."));

    var rejected = post("/api/counter", "{\"by\":1}");
    var unknown = post("/api/chat", "{\"author\":\"a\",\"text\":\"x\"}");

    assertThat(rejected.statusCode()).isEqualTo(409);
    assertThat(json(rejected))
        .isEqualTo(json("{'outcome':'rejected','reason':'no_leader','text':'No leader.'}"));
    assertThat(unknown.statusCode()).isEqualTo(503);
    assertThat(json(unknown))
        .isEqualTo(json("{'outcome':'unknown','text':'The leader went away.'}"));
  }

  @Test
  @DisplayName("refuses a body that is too large, with or without its length told before")
  void tooLarge() throws Exception {
    byte[] large = "x".repeat((int) Website.BODY_BYTES_MAX + 1).getBytes(StandardCharsets.UTF_8);
    var told = HttpRequest.BodyPublishers.ofByteArray(large);
    var untold =
        HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large));

    assertThat(send(asJson("/api/chat").POST(told)).statusCode()).isEqualTo(413);
    assertThat(send(asJson("/api/chat").POST(untold)).statusCode()).isEqualTo(413);
  }

  @Test
  @DisplayName("tells how it is, and whether it is ready")
  void status() throws Exception {
    assertThat(json(get("/api/status")).get("groups"))
        .extracting(group -> group.get("name").asText())
        .containsExactly("counter", "chat");
    assertThat(get("/health").statusCode()).isEqualTo(200);

    node.groups().chat.loseLeader();

    assertThat(get("/health").statusCode()).isEqualTo(503);
  }

  @Test
  @DisplayName("tells of all nodes, and null of those that do not answer")
  void nodes() throws Exception {
    var nodes = json(get("/api/nodes")).get("nodes");

    assertThat(nodes).extracting(it -> it.get("name").asText()).containsExactly("n1", "n2", "n3");
    assertThat(nodes)
        .extracting(it -> it.get("status").isNull())
        .containsExactly(false, true, true);
  }

  @Test
  @DisplayName("serves the page, which may load nothing from elsewhere")
  void page() throws Exception {
    var page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'self'");
    assertThat(page.body()).doesNotContain("http://", "https://");
    assertThat(get("/page.js").body()).doesNotContain("innerHTML", "insertAdjacentHTML");
    assertThat(get("/page.css").statusCode()).isEqualTo(200);
    assertThat(get("/icon.svg").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("answers 404 and 405 with a sentence")
  void nothingThere() throws Exception {
    assertThat(get("/nope").statusCode()).isEqualTo(404);
    assertThat(get("/../../etc/passwd").statusCode()).isEqualTo(404);
    assertThat(send(asJson("/api/chat").DELETE()).statusCode()).isEqualTo(405);
  }

  @Test
  @DisplayName("refuses pages of other sites, and forms")
  void otherSites() throws Exception {
    var foreign = asJson("/api/status").header("Origin", "http://elsewhere.example");
    var form = request("/api/counter").POST(HttpRequest.BodyPublishers.ofString("{\"by\":1}"));

    assertThat(send(foreign.GET()).statusCode()).isEqualTo(403);
    assertThat(send(form).statusCode()).isEqualTo(403);
    assertThat(statusLineFor("elsewhere.example")).contains("403");
    assertThat(statusLineFor("localhost")).contains("200");
  }

  /** The answer to a request under another name, which a foreign site may have pointed at us. */
  private String statusLineFor(String host) throws IOException {
    try (var socket = new Socket(NodeSettings.loopback(), node.url().getPort())) {
      var request = "GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().findFirst().orElse("");
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(asJson(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder asJson(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(java.net.URI.create(node.url() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static ObjectNode json(HttpResponse<String> response) {
    return Json.readObject(response.body());
  }

  private static ObjectNode json(String text) {
    return Json.readObject(text.replace('\'', '"'));
  }
}
