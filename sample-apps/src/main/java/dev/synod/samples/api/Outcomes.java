package dev.synod.samples.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.synod.core.Outcome;
import java.util.Locale;
import java.util.function.Function;

/** Outcomes as JSON, both ways; so that "rejected" and "unknown" stay apart outside of Java too. */
public final class Outcomes {

  private Outcomes() {}

  /**
   * The outcome as an object.
   *
   * @param field under which the reply stands, such as {@code value}
   */
  public static <R> ObjectNode write(
      Outcome<R> outcome, String field, Function<R, JsonNode> reply) {
    if (outcome instanceof Outcome.Ok<R> ok) {
      var object = Json.object().put("outcome", "ok");
      if (ok.index() > 0) { // nothing was ever applied
        object.put("index", ok.index());
      }
      return object.set(field, reply.apply(ok.reply()));
    }
    if (outcome instanceof Outcome.Rejected<R> rejected) {
      return Json.object()
          .put("outcome", "rejected")
          .put("reason", rejected.reason().name().toLowerCase(Locale.ROOT))
          .put("text", rejected.text());
    }
    var unknown = (Outcome.Unknown<R>) outcome;
    return Json.object().put("outcome", "unknown").put("text", unknown.text());
  }

  public static ObjectNode invalid(String text) {
    return Json.object().put("outcome", "invalid").put("text", text);
  }

  /**
   * The outcome that the object tells of; {@code invalid} becomes a rejection, and whatever is not
   * understood is unknown.
   */
  public static <R> Outcome<R> read(ObjectNode object, String field, Function<JsonNode, R> reply) {
    String text = object.path("text").asText("The node gave no reason.");
    return switch (object.path("outcome").asText()) {
      case "ok" -> new Outcome.Ok<>(reply.apply(object.path(field)), object.path("index").asLong());
      case "invalid" -> new Outcome.Rejected<>(Outcome.Reason.INVALID, text);
      case "rejected" -> new Outcome.Rejected<>(reason(object.path("reason").asText()), text);
      default -> new Outcome.Unknown<>(text);
    };
  }

  private static Outcome.Reason reason(String name) {
    for (var reason : Outcome.Reason.values()) {
      if (reason.name().equalsIgnoreCase(name)) {
        return reason;
      }
    }
    return Outcome.Reason.BUSY;
  }
}
