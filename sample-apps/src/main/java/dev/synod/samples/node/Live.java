package dev.synod.samples.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.synod.samples.api.Json;
import dev.synod.samples.api.Outcomes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page's web socket. The node pushes what is new: {@code hello}, {@code counter}, {@code
 * messages} and {@code nodes} events; the page sends {@code add} and {@code say}, each with a
 * {@code ref} of its own, and gets one {@code answer} event to each.
 *
 * <p>What is new is found by asking this node's own replica, stale and in memory, every {@link
 * #PACE} while the page is open. That costs no network and no disk, and nothing at all while nobody
 * looks. A read {@code atLeast} the next index would spare the asking, but never ends in a group
 * that is quiet.
 */
final class Live {

  /**
   * How late a page may be, and the whole cost of that: two questions to actors of this process.
   */
  static final Duration PACE = Duration.ofMillis(50);

  /** How often a page gets the table of nodes, which it also takes as a sign of life. */
  private static final Duration NODES_PACE = Duration.ofSeconds(1);

  /** Pages open on this node at once. */
  static final int PAGES_MAX = 64;

  /**
   * Requests of one page under way at once; a page that sends more is not read until some are done.
   */
  private static final int REQUESTS_MAX = 8;

  /** Largest text of a page's request, in characters. */
  private static final int REQUEST_LENGTH_MAX = 8 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Live.class);

  private final NodeSettings settings;
  private final Groups groups;
  private final Answers answers;
  private final Neighbours neighbours;
  private final Materializer materializer;
  private final AtomicInteger pages = new AtomicInteger();

  Live(
      NodeSettings settings,
      Groups groups,
      Answers answers,
      Neighbours neighbours,
      Materializer materializer) {
    this.settings = settings;
    this.groups = groups;
    this.answers = answers;
    this.neighbours = neighbours;
    this.materializer = materializer;
  }

  /** One more page's way in and out; empty if there are too many. */
  Optional<Flow<Message, Message, NotUsed>> open() {
    if (pages.incrementAndGet() > PAGES_MAX) {
      pages.decrementAndGet();
      return Optional.empty();
    }
    var news = new News(settings, groups);
    var pushed =
        Source.tick(Duration.ZERO, PACE, "tick")
            .mapAsync(1, tick -> news.next())
            .mapConcat(events -> events)
            .prepend(Source.single(news.hello()));
    var nodes =
        Source.tick(NODES_PACE, NODES_PACE, "tick")
            .mapAsync(1, tick -> neighbours.all())
            .map(Live::nodesEvent);
    var flow =
        Flow.<Message>create()
            .mapAsync(1, this::text)
            .mapAsync(REQUESTS_MAX, this::answer)
            // The page ends the connection: when it stops sending, there is nobody to push to.
            .merge(pushed, true)
            .merge(nodes, true)
            .map(event -> (Message) TextMessage.create(Json.write(event)))
            .watchTermination(
                (notUsed, end) -> {
                  end.whenComplete((done, failure) -> pages.decrementAndGet());
                  return NotUsed.getInstance();
                });
    return Optional.of(flow);
  }

  private static ObjectNode nodesEvent(ArrayNode nodes) {
    ObjectNode event = Json.object().put("event", "nodes");
    return event.set("nodes", nodes);
  }

  private CompletionStage<String> text(Message message) {
    if (!message.isText()) {
      message.asBinaryMessage().getStreamedData().runWith(Sink.cancelled(), materializer);
      return CompletableFuture.completedStage("");
    }
    var text = message.asTextMessage();
    if (text.isStrict()) {
      return CompletableFuture.completedStage(text.getStrictText());
    }
    return text.getStreamedText()
        .limitWeighted(REQUEST_LENGTH_MAX, part -> (long) part.length())
        .runFold(new StringBuilder(), StringBuilder::append, materializer)
        .thenApply(StringBuilder::toString);
  }

  private CompletionStage<ObjectNode> answer(String text) {
    String ref = "";
    try {
      if (text.length() > REQUEST_LENGTH_MAX) {
        throw new IllegalArgumentException("The request is too long.");
      }
      var request = Json.readObject(text);
      ref = Json.text(request, "ref");
      String to = ref;
      return call(request)
          .exceptionally(this::failed)
          .thenApply(outcome -> outcome.put("event", "answer").put("ref", to));
    } catch (IllegalArgumentException e) {
      String reason = Optional.ofNullable(e.getMessage()).orElse("The request is not understood.");
      return CompletableFuture.completedStage(
          Outcomes.invalid(reason).put("event", "answer").put("ref", ref));
    }
  }

  private CompletionStage<ObjectNode> call(ObjectNode request) {
    return switch (Json.text(request, "do")) {
      case "add" -> answers.add(request);
      case "say" -> answers.say(request);
      default -> throw new IllegalArgumentException("\"do\" is add or say.");
    };
  }

  private ObjectNode failed(Throwable failure) {
    LOG.error("a request of a page failed", failure);
    return Json.object()
        .put("outcome", "unknown")
        .put("text", "Something failed in node " + settings.name() + "; its log says what.");
  }
}
