package dev.synod.paxos;

import dev.synod.paxos.actor.ProposerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Where a node's proposer is: nowhere before its registers are founded, and after their replica has
 * stopped. Safe for use by many threads.
 */
final class ProposerSeat {

  private static final String NOT_FOUNDED =
      "the registers are not founded here yet, as their members have not all met, or this node is"
          + " none of theirs: its status says more";
  private static final String STOPPED =
      "this node's replica of the registers has stopped, and its log says why: restart the node";

  /**
   * What a caller finds.
   *
   * @param proposer empty if there is none
   * @param reason why not
   */
  record Found(Optional<ActorRef<ProposerMessage>> proposer, String reason) {}

  private final Map<Long, CompletableFuture<Found>> waiting = new TreeMap<>();
  private long calls;
  private Optional<Found> found = Optional.empty();

  /** From now on it is there. */
  void taken(ActorRef<ProposerMessage> proposer) {
    is(new Found(Optional.of(proposer), ""));
  }

  /** From now on, and for good, there is none. */
  void stopped() {
    is(new Found(Optional.empty(), STOPPED));
  }

  private void is(Found now) {
    List<CompletableFuture<Found>> told;
    synchronized (this) {
      found = Optional.of(now);
      told = new ArrayList<>(waiting.values());
      waiting.clear();
    }
    told.forEach(one -> one.complete(now));
  }

  /** What there is, or comes to be within that time. */
  CompletionStage<Found> within(Duration patience, ActorSystem<?> system) {
    var coming = new CompletableFuture<Found>();
    long call;
    synchronized (this) {
      if (found.isPresent()) {
        return CompletableFuture.completedStage(found.get());
      }
      call = ++calls;
      waiting.put(call, coming);
    }
    var deadline =
        system
            .scheduler()
            .scheduleOnce(patience, () -> isLate(call, coming), system.executionContext());
    return coming.whenComplete((now, failure) -> deadline.cancel());
  }

  private void isLate(long call, CompletableFuture<Found> coming) {
    synchronized (this) {
      waiting.remove(call);
    }
    coming.complete(new Found(Optional.empty(), NOT_FOUNDED));
  }
}
