package dev.synod.samples.node;

import static org.apache.pekko.http.javadsl.model.StatusCodes.BAD_REQUEST;
import static org.apache.pekko.http.javadsl.model.StatusCodes.CONFLICT;
import static org.apache.pekko.http.javadsl.model.StatusCodes.CONTENT_TOO_LARGE;
import static org.apache.pekko.http.javadsl.model.StatusCodes.FORBIDDEN;
import static org.apache.pekko.http.javadsl.model.StatusCodes.INTERNAL_SERVER_ERROR;
import static org.apache.pekko.http.javadsl.model.StatusCodes.METHOD_NOT_ALLOWED;
import static org.apache.pekko.http.javadsl.model.StatusCodes.NOT_FOUND;
import static org.apache.pekko.http.javadsl.model.StatusCodes.OK;
import static org.apache.pekko.http.javadsl.model.StatusCodes.REQUEST_TIMEOUT;
import static org.apache.pekko.http.javadsl.model.StatusCodes.SERVICE_UNAVAILABLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.synod.core.Read;
import dev.synod.samples.api.Json;
import dev.synod.samples.api.NodeStatus;
import dev.synod.samples.api.Outcomes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that one node answers over HTTP. What it answers is told in the package {@code api}.
 */
final class Website {

  /** Largest request body, in bytes: a message of the longest text, escaped, fits with room. */
  static final long BODY_BYTES_MAX = 8 * 1024;

  /** For a request's body to arrive. */
  private static final long BODY_MILLIS_MAX = 5_000;

  private static final ContentType LINES_OF_JSON =
      MediaTypes.customWithFixedCharset(
              "application", "x-ndjson", HttpCharsets.UTF_8, Map.of(), false)
          .toContentType();

  private static final Logger LOG = LoggerFactory.getLogger(Website.class);

  private final NodeSettings settings;
  private final Groups groups;
  private final Answers answers;
  private final Neighbours neighbours;
  private final Live live;
  private final Changes changes;
  private final Materializer materializer;
  private final LocalOnly localOnly;
  private final Page page = new Page();
  private final Map<String, Map<HttpMethod, Handler>> handlers;

  Website(
      NodeSettings settings,
      Groups groups,
      Answers answers,
      Neighbours neighbours,
      Live live,
      Materializer materializer) {
    this.settings = settings;
    this.groups = groups;
    this.answers = answers;
    this.neighbours = neighbours;
    this.live = live;
    this.materializer = materializer;
    changes = new Changes(groups.counter());
    localOnly = new LocalOnly(settings);
    handlers =
        Map.of(
            "/api/counter",
            Map.of(HttpMethods.GET, this::counter, HttpMethods.POST, withBody(answers::add)),
            "/api/counter/changes",
            Map.of(HttpMethods.GET, this::changes),
            "/api/chat",
            Map.of(HttpMethods.GET, this::messages, HttpMethods.POST, withBody(answers::say)),
            "/api/backup",
            Map.of(HttpMethods.POST, withBody(answers::backUp)),
            "/api/status",
            Map.of(HttpMethods.GET, this::status),
            "/api/nodes",
            Map.of(HttpMethods.GET, this::nodes),
            "/health",
            Map.of(HttpMethods.GET, this::health),
            "/ws",
            Map.of(HttpMethods.GET, this::webSocket));
  }

  /** Answers one request; the stage never fails. */
  CompletionStage<HttpResponse> answer(HttpRequest request) {
    try {
      return dispatch(request).exceptionally(failure -> onFailure(request, failure));
    } catch (IllegalArgumentException e) {
      request.discardEntityBytes(materializer);
      return done(invalid(BAD_REQUEST, textOf(e)));
    }
  }

  private CompletionStage<HttpResponse> dispatch(HttpRequest request) {
    var objection = localOnly.objection(request);
    if (objection.isPresent()) {
      request.discardEntityBytes(materializer);
      return done(invalid(FORBIDDEN, objection.get()));
    }
    String path = request.getUri().path();
    var byMethod = handlers.get(path);
    if (byMethod != null) {
      var handler = byMethod.get(request.method());
      if (handler != null) {
        return handler.handle(request);
      }
      request.discardEntityBytes(materializer);
      return done(invalid(METHOD_NOT_ALLOWED, path + " does not take " + request.method().name()));
    }
    request.discardEntityBytes(materializer);
    return done(
        page.at(path).orElseGet(() -> invalid(NOT_FOUND, "There is nothing here. The page is /.")));
  }

  private CompletionStage<HttpResponse> counter(HttpRequest request) {
    return answers.counter(freshness(request)).thenApply(Website::response);
  }

  private CompletionStage<HttpResponse> changes(HttpRequest request) {
    var after = parameter(request, "after");
    if (after.isEmpty()) {
      throw new IllegalArgumentException(
          "?after= is missing: the index of a read or of a change seen before.");
    }
    return done(
        changes
            .after(Freshness.index("after", after.get()))
            .map(
                lines ->
                    HttpResponse.create()
                        .withEntity(HttpEntities.createChunked(LINES_OF_JSON, lines)))
            .orElseGet(() -> invalid(SERVICE_UNAVAILABLE, "Too many follow the counter here.")));
  }

  private CompletionStage<HttpResponse> messages(HttpRequest request) {
    long after = parameter(request, "after").map(text -> Freshness.index("after", text)).orElse(0L);
    return answers.messages(after, freshness(request)).thenApply(Website::response);
  }

  private CompletionStage<HttpResponse> status(HttpRequest request) {
    return groups.status(settings.name()).thenApply(status -> json(OK, Json.tree(status)));
  }

  private CompletionStage<HttpResponse> nodes(HttpRequest request) {
    return neighbours.all().thenApply(nodes -> json(OK, Json.object().set("nodes", nodes)));
  }

  private CompletionStage<HttpResponse> health(HttpRequest request) {
    return groups
        .status(settings.name())
        .thenApply(
            status -> {
              boolean isReady = status.groups().stream().allMatch(NodeStatus.Group::hasLeader);
              var body = Json.object().put("node", status.node()).put("ready", isReady);
              return json(isReady ? OK : SERVICE_UNAVAILABLE, body);
            });
  }

  private CompletionStage<HttpResponse> webSocket(HttpRequest request) {
    var upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade);
    if (upgrade.isEmpty()) {
      throw new IllegalArgumentException("This is a web socket: open it with ws://.");
    }
    return done(
        live.open()
            .map(flow -> upgrade.get().handleMessagesWith(flow))
            .orElseGet(() -> invalid(SERVICE_UNAVAILABLE, "Too many pages are open.")));
  }

  private Handler withBody(Function<ObjectNode, CompletionStage<ObjectNode>> call) {
    return request ->
        request
            .entity()
            .toStrict(BODY_MILLIS_MAX, BODY_BYTES_MAX, materializer)
            .thenCompose(body -> call.apply(Json.readObject(body.getData().utf8String())))
            .thenApply(Website::response);
  }

  private HttpResponse onFailure(HttpRequest request, Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof EntityStreamException || cause instanceof EntityStreamSizeException) {
      return invalid(CONTENT_TOO_LARGE, "The body has more than " + BODY_BYTES_MAX + " bytes.");
    }
    if (cause instanceof TimeoutException) {
      return invalid(REQUEST_TIMEOUT, "The body did not arrive in time.");
    }
    if (cause instanceof IllegalArgumentException) {
      return invalid(BAD_REQUEST, textOf(cause));
    }
    LOG.error("{} {} failed", request.method().name(), request.getUri().path(), cause);
    // It may have failed after the command was on its way.
    return json(
        INTERNAL_SERVER_ERROR,
        Json.object()
            .put("outcome", "unknown")
            .put("text", "Something failed in node " + settings.name() + "; its log says what."));
  }

  private static Read freshness(HttpRequest request) {
    return Freshness.parse(
        parameter(request, "read"), parameter(request, "index"), parameter(request, "lag"));
  }

  private static Optional<String> parameter(HttpRequest request, String name) {
    return request.getUri().query().get(name);
  }

  private static HttpResponse response(ObjectNode answer) {
    return switch (answer.path("outcome").asText()) {
      case "ok" -> json(OK, answer);
      case "rejected" -> json(CONFLICT, answer);
      default -> json(SERVICE_UNAVAILABLE, answer);
    };
  }

  private static HttpResponse invalid(StatusCode code, String text) {
    return json(code, Outcomes.invalid(text));
  }

  private static HttpResponse json(StatusCode code, JsonNode body) {
    return HttpResponse.create()
        .withStatus(code)
        .withEntity(ContentTypes.APPLICATION_JSON, Json.write(body));
  }

  private static String textOf(Throwable failure) {
    var text = failure.getMessage();
    return text == null ? "The request is not understood." : text;
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedStage(response);
  }

  /** Answers one kind of request; throws {@link IllegalArgumentException} if it is wrong. */
  private interface Handler {
    CompletionStage<HttpResponse> handle(HttpRequest request);
  }
}
