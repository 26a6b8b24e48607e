package dev.synod.samples.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.samples.api.Json;
import dev.synod.samples.chat.Chat;
import dev.synod.samples.counter.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What one page has not seen yet. Asked for one at a time, by the page's stream. */
final class News {

  private final NodeSettings settings;
  private final Groups groups;
  private Optional<Long> shownValue = Optional.empty();
  private long shownMessage;

  News(NodeSettings settings, Groups groups) {
    this.settings = settings;
    this.groups = groups;
  }

  /** The events since the last question; often none. */
  CompletionStage<List<ObjectNode>> next() {
    return groups
        .counter()
        .read(new Counter.Get(), Read.stale())
        .thenCombine(groups.chat().read(new Chat.Recent(shownMessage), Read.stale()), this::events);
  }

  private List<ObjectNode> events(Outcome<Long> counter, Outcome<Chat.Reply> chat) {
    var events = new ArrayList<ObjectNode>();
    counterEvent(counter).ifPresent(events::add);
    messagesEvent(chat).ifPresent(events::add);
    return events;
  }

  /** The first event, which waits for no replica. */
  ObjectNode hello() {
    var event = Json.object().put("event", "hello").put("node", settings.name());
    var nodes = event.putArray("nodes");
    for (var place : settings.nodes()) {
      nodes.addObject().put("name", place.name()).put("url", place.url().toString());
    }
    return event;
  }

  private Optional<ObjectNode> counterEvent(Outcome<Long> outcome) {
    if (outcome instanceof Outcome.Ok<Long> ok && !shownValue.equals(Optional.of(ok.reply()))) {
      shownValue = Optional.of(ok.reply());
      return Optional.of(Json.object().put("event", "counter").put("value", ok.reply()));
    }
    return Optional.empty();
  }

  private Optional<ObjectNode> messagesEvent(Outcome<Chat.Reply> outcome) {
    if (outcome instanceof Outcome.Ok<Chat.Reply> ok
        && ok.reply() instanceof Chat.History history
        && !history.messages().isEmpty()) {
      var messages = history.messages();
      shownMessage = messages.get(messages.size() - 1).index();
      ObjectNode event = Json.object().put("event", "messages");
      return Optional.of(event.set("messages", Json.tree(messages)));
    }
    return Optional.empty();
  }
}
