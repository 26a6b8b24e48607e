package dev.synod.samples.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.synod.samples.api.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All nodes' status as seen from this one. Asked only when somebody looks, and then not more than
 * once a second whatever the number of lookers.
 */
final class Neighbours {

  /** How old an answer may be, in nanoseconds. */
  private static final long AGE_MAX = Duration.ofMillis(900).toNanos();

  /** For a neighbour to answer: one that is slower counts as not answering. */
  private static final Duration PROMPT = Duration.ofMillis(800);

  private final NodeSettings settings;
  private final Groups groups;
  private final HttpClient http;
  private final LongSupplier nanoTime;
  private @Nullable Asked asked;

  Neighbours(NodeSettings settings, Groups groups, HttpClient http, LongSupplier nanoTime) {
    this.settings = settings;
    this.groups = groups;
    this.http = http;
    this.nanoTime = nanoTime;
  }

  /** One object a node: its name, its page, and its {@code status}, null if it does not answer. */
  synchronized CompletionStage<ArrayNode> all() {
    long now = nanoTime.getAsLong();
    var last = asked;
    if (last == null || now - last.at() > AGE_MAX) {
      last = new Asked(now, askAll());
      asked = last;
    }
    return last.answer();
  }

  private CompletionStage<ArrayNode> askAll() {
    CompletionStage<ArrayNode> all =
        CompletableFuture.completedStage(Json.object().putArray("nodes"));
    for (var place : settings.nodes()) {
      all = all.thenCombine(describe(place), ArrayNode::add);
    }
    return all;
  }

  private CompletionStage<JsonNode> describe(NodeSettings.Place place) {
    CompletionStage<JsonNode> status =
        place.equals(settings.self())
            ? groups.status(place.name()).thenApply(Json::tree)
            : ask(place);
    return status.thenApply(
        it -> {
          ObjectNode node =
              Json.object().put("name", place.name()).put("url", place.url().toString());
          return node.set("status", it);
        });
  }

  private CompletionStage<JsonNode> ask(NodeSettings.Place place) {
    var request =
        HttpRequest.newBuilder(place.url().resolve("/api/status")).timeout(PROMPT).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(response -> (JsonNode) Json.readObject(response.body()))
        // Not to answer is an answer: the node is shown as away.
        .exceptionally(failure -> NullNode.getInstance());
  }

  private record Asked(long at, CompletionStage<ArrayNode> answer) {}
}
