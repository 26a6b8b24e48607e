package dev.synod.actors.replica;

import dev.synod.actors.replica.ApplierMessage.Apply;
import dev.synod.actors.replica.ApplierMessage.Waiter;
import dev.synod.core.Entry;
import dev.synod.core.Invariants;
import dev.synod.core.Outcome;
import java.util.List;
import java.util.function.Consumer;

/**
 * A batch of committed entries on its way through the state machine, in turns, with those who wait
 * for its entries.
 */
final class CommittedBatch {

  private final List<Entry> entries;
  private final List<Waiter> waiters;
  private int nextEntry;
  private int nextWaiter;

  CommittedBatch(Apply apply) {
    this.entries = apply.entries();
    this.waiters = apply.waiters();
  }

  boolean isDone() {
    return nextEntry == entries.size();
  }

  /** Applies the next entries, at most so many. */
  void applyTo(
      ReplicatedState<?, ?, ?> state,
      int entriesMax,
      AnswerBatch answers,
      Consumer<Entry> applied) {
    int end = Math.min(entries.size(), nextEntry + entriesMax);
    while (nextEntry < end) {
      var entry = entries.get(nextEntry);
      var outcome = state.apply(entry);
      applied.accept(entry);
      nextEntry++;
      answer(entry.index(), outcome, answers);
    }
    Invariants.check(
        !isDone() || nextWaiter == waiters.size(), "somebody waits for an entry after its batch");
  }

  /** Tells all who still wait that their entry is committed, but not what came of it. */
  void giveUp(String reason, AnswerBatch answers) {
    for (Waiter waiter : waiters.subList(nextWaiter, waiters.size())) {
      answers.add(waiter.client(), waiter.tag(), new Outcome.Unknown<>(reason));
    }
    nextWaiter = waiters.size();
    nextEntry = entries.size();
  }

  private void answer(long index, Outcome<Object> outcome, AnswerBatch answers) {
    while (nextWaiter < waiters.size() && waiters.get(nextWaiter).index() <= index) {
      var waiter = waiters.get(nextWaiter);
      answers.add(waiter.client(), waiter.tag(), waiter.index() == index ? outcome : skipped());
      nextWaiter++;
    }
  }

  private static Outcome<Object> skipped() {
    return new Outcome.Unknown<>(
        "committed, but a snapshot took its place before it was applied here");
  }
}
