package dev.synod.actors.replica;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.core.Configuration;
import dev.synod.core.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Administrators that wait for a change of members. They ask again, so nothing is kept for them but
 * whom to answer; there is one change at a time, so few of them.
 */
public final class ChangeWaiters {

  /** As many different requests are remembered; more than one is under way only by mistake. */
  private static final int WAITING_MAX = 16;

  private record Waiting(ActorRef<Answers> client, long tag) {}

  private final Refusals refusals;
  private final Map<UUID, Waiting> waiting = new LinkedHashMap<>();

  /** Nobody waits yet. */
  public ChangeWaiters(Refusals refusals) {
    this.refusals = refusals;
  }

  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** That one is to be answered when its change is done; who asks again takes the place. */
  public void add(UUID change, ActorRef<Answers> client, long tag) {
    waiting.put(change, new Waiting(client, tag));
    if (waiting.size() > WAITING_MAX) {
      var longest = waiting.values().iterator();
      leaveOpen(longest.next(), "others have asked for changes since");
      longest.remove();
    }
  }

  /**
   * Answers those whose change is done, or gave way to another.
   *
   * @param latest the newest configuration
   * @param isDone whether that can't be taken away any more, and is the end of its change
   * @param answer for who has asked for that one
   */
  public void look(Configuration latest, boolean isDone, Supplier<Outcome<Object>> answer) {
    giveUpAllBut(latest.change());
    if (isDone) {
      var done = latest.change().map(waiting::remove);
      done.ifPresent(one -> refusals.answer(one.client(), one.tag(), answer.get()));
    }
  }

  private void giveUpAllBut(Optional<UUID> change) {
    for (var other : List.copyOf(waiting.entrySet())) {
      if (!change.equals(Optional.of(other.getKey()))) {
        waiting.remove(other.getKey());
        leaveOpen(other.getValue(), "another change has taken its place: look again");
      }
    }
  }

  /** Another one goes on with what has begun: whoever asked for that is told to ask there. */
  public void abandon() {
    waiting.values().forEach(one -> leaveOpen(one, "the leader stepped down during the change"));
    waiting.clear();
  }

  private void leaveOpen(Waiting one, String why) {
    refusals.answer(one.client(), one.tag(), new Outcome.Unknown<>(why));
  }
}
