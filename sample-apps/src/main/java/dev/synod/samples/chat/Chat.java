package dev.synod.samples.chat;

import dev.synod.core.StateMachine;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A room which keeps its last messages, each under the id that its sender gave it. The same id
 * again is the same message: a sender who never saw the answer may safely send again.
 *
 * <p>A {@code GroupRef} already repeats a request exactly once; the id covers the way from the
 * person to it, which a closing browser or a dying node can cut.
 */
public final class Chat implements StateMachine<Chat.Command, Chat.Reply, Chat.History> {

  /** How many messages are kept, and for how long an id is known: bounds memory and snapshots. */
  public static final int MESSAGES_MAX = 1_000;

  private final LinkedHashMap<String, Message> messages = new LinkedHashMap<>();

  @Override
  public Reply apply(Command command, Context context) {
    return command instanceof Post post ? apply(post, context.index()) : query(command);
  }

  private Posted apply(Post post, long index) {
    var known = messages.get(post.id());
    if (known != null) {
      return new Posted(known);
    }
    if (messages.size() == MESSAGES_MAX) {
      messages.remove(messages.keySet().iterator().next());
    }
    var message = new Message(index, post.id(), post.author(), post.text(), post.sentMillis());
    messages.put(post.id(), message);
    return new Posted(message);
  }

  @Override
  public Reply query(Command query) {
    long after = query instanceof Recent recent ? recent.after() : 0;
    return new History(
        messages.values().stream().filter(message -> message.index() > after).toList());
  }

  @Override
  public History snapshot() {
    return new History(List.copyOf(messages.values()));
  }

  @Override
  public void restore(History state) {
    messages.clear();
    state.messages().forEach(message -> messages.put(message.id(), message));
  }

  /** What can be asked of a room. */
  public sealed interface Command {}

  /** Says something: answered by {@link Posted}. Its parts passed {@link ChatText}. */
  public record Post(String id, String author, String text, long sentMillis) implements Command {}

  /** Asks for the kept messages with a higher index, 0 for all: answered by {@link History}. */
  public record Recent(long after) implements Command {}

  /** What a room answers. */
  public sealed interface Reply {}

  /** The message as it stands in the room, perhaps since an earlier try. */
  public record Posted(Message message) implements Reply {}

  /** Messages in the order of the log. */
  public record History(List<Message> messages) implements Reply {

    public History {
      messages = List.copyOf(messages);
    }
  }
}
