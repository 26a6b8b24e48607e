package dev.synod.actors.topic;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.core.Outcome;
import dev.synod.core.StateMachine;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Total-order broadcast, also called atomic broadcast: everybody who subscribes gets every message,
 * each once, and all in the same order, whoever sent them and whatever fails meanwhile (Défago,
 * Schiper, Urbán 2004, §2). It is consensus again and again (Chandra, Toueg 1996, §7), so a group
 * is all that it takes: the messages are its log.
 *
 * <pre>{@code
 * var described = TotalOrderTopic.<String>named("news").using(Raft.protocol()).on(members);
 * var news = new TotalOrderTopic<>(consensus.start(described));
 * news.subscribe(From.now()).runForeach(message -> ..., system);
 * news.broadcast("hello");
 * }</pre>
 *
 * <p>A place is settled when a message is delivered, and never changes. How far back one may
 * subscribe is how much the group's log keeps ({@code snapshot-tail-entries}).
 *
 * @param <M> messages: immutable values, with a Pekko serializer bound to their class
 */
public final class TotalOrderTopic<M> {

  private final GroupRef<M, Long> group;

  /** On a group that {@link #named} describes. */
  public TotalOrderTopic(GroupRef<M, Long> group) {
    this.group = group;
  }

  /** Begins the description of a group that carries messages, and does nothing else. */
  public static <M> Group.Named<M, Long, Long> named(String name) {
    return Group.of(name, TotalOrderTopic::machine);
  }

  /** Puts each message in its place, and remembers only where the last one went. */
  public static <M> StateMachine<M, Long, Long> machine() {
    return new Places<>();
  }

  /**
   * Sends a message to all. Its place rises with each; if the outcome is {@code Unknown}, it has
   * been sent or may still be, once or not at all.
   */
  public CompletionStage<Outcome<Long>> broadcast(M message) {
    return group.propose(message);
  }

  /**
   * All messages from there on, with their places. As {@link GroupRef#watch}, also in how it fails.
   */
  public Source<AppliedCommand<M>, NotUsed> subscribe(From from) {
    return group.watch(from);
  }

  private static final class Places<M> implements StateMachine<M, Long, Long> {

    private long last;

    @Override
    public Long apply(M message, Context context) {
      last = context.index();
      return last;
    }

    @Override
    public Long query(M query) {
      return last;
    }

    @Override
    public Long snapshot() {
      return last;
    }

    @Override
    public void restore(Long state) {
      last = state;
    }
  }
}
