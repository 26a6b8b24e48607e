package dev.synod.samples.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.synod.actors.Backup;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.samples.api.Amount;
import dev.synod.samples.api.Json;
import dev.synod.samples.api.Outcomes;
import dev.synod.samples.chat.Chat;
import dev.synod.samples.chat.ChatText;
import dev.synod.samples.counter.Counter;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Requests of people as commands of the groups, and their outcomes as JSON. The edge at which input
 * is checked: a wrong one throws an {@link IllegalArgumentException} whose text is for people.
 */
final class Answers {

  private final Groups groups;
  private final Clock clock;

  Answers(Groups groups, Clock clock) {
    this.groups = groups;
    this.clock = clock;
  }

  CompletionStage<ObjectNode> counter(Read read) {
    return groups.counter().read(new Counter.Get(), read).thenApply(Answers::counterJson);
  }

  CompletionStage<ObjectNode> add(ObjectNode request) {
    var by = request.get("by");
    if (by == null || !by.isIntegralNumber() || !by.canConvertToLong()) {
      throw new IllegalArgumentException("\"by\" is missing or no whole number.");
    }
    var add = new Counter.Add(Amount.checked(by.longValue()));
    return groups.counter().propose(add).thenApply(Answers::counterJson);
  }

  CompletionStage<ObjectNode> messages(long after, Read read) {
    return groups.chat().read(new Chat.Recent(after), read).thenApply(Answers::chatJson);
  }

  CompletionStage<ObjectNode> say(ObjectNode request) {
    var post =
        new Chat.Post(
            Json.optionalText(request, "id")
                .map(ChatText::id)
                .orElseGet(() -> UUID.randomUUID().toString()),
            ChatText.author(Json.text(request, "author")),
            ChatText.text(Json.text(request, "text")),
            clock.millis());
    return groups.chat().propose(post).thenApply(Answers::chatJson);
  }

  CompletionStage<ObjectNode> backUp(ObjectNode request) {
    return groups
        .backups()
        .backUp(Json.text(request, "group"), Json.text(request, "name"))
        .<Outcome<Backup>>thenApply(backup -> new Outcome.Ok<>(backup, backup.index()))
        .exceptionally(failure -> new Outcome.Rejected<>(Outcome.Reason.BUSY, textOf(failure)))
        .thenApply(outcome -> Outcomes.write(outcome, "file", one -> Json.tree(one.file())));
  }

  private static String textOf(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return String.valueOf(cause == null ? failure : cause.getMessage());
  }

  private static ObjectNode counterJson(Outcome<Long> outcome) {
    return Outcomes.write(outcome, "value", Json::tree);
  }

  private static ObjectNode chatJson(Outcome<Chat.Reply> outcome) {
    if (outcome instanceof Outcome.Ok<Chat.Reply> ok && ok.reply() instanceof Chat.Posted posted) {
      return Outcomes.write(new Outcome.Ok<>(posted.message(), ok.index()), "message", Json::tree);
    }
    return Outcomes.write(
        outcome, "messages", reply -> Json.tree(((Chat.History) reply).messages()));
  }
}
