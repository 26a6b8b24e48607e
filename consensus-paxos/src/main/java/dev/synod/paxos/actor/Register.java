package dev.synod.paxos.actor;

import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Finished;
import dev.synod.paxos.rules.Proposer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a proposer does to one register: a change that runs, and those behind it. */
final class Register {

  final ProposerMessage.Submit current;
  private final ArrayDeque<Waiting> queue;
  private @Nullable Proposer<Content> proposer;

  private record Waiting(ProposerMessage.Submit submit, long untilNanos) {}

  Register(ProposerMessage.Submit first) {
    this(first, new ArrayDeque<>());
  }

  private Register(ProposerMessage.Submit current, ArrayDeque<Waiting> queue) {
    this.current = current;
    this.queue = queue;
  }

  /** That one waits for those before it, as long as its client does. */
  void add(ProposerMessage.Submit submit, long nowNanos) {
    queue.add(new Waiting(submit, nowNanos + submit.patience().toNanos()));
  }

  /** How many wait. */
  int waiting() {
    return queue.size();
  }

  /**
   * The same with the next change whose time is not over, and those behind it; empty if there is
   * none. One that nobody waits for any more would only undo what others did since.
   *
   * @param late is told of those whose time is over
   */
  Optional<Register> next(long nowNanos, Consumer<ProposerMessage.Submit> late) {
    for (var next = queue.poll(); next != null; next = queue.poll()) {
      if (next.untilNanos() - nowNanos > 0) {
        return Optional.of(new Register(next.submit(), queue));
      }
      late.accept(next.submit());
    }
    return Optional.empty();
  }

  String key() {
    return current.key();
  }

  void become(Proposer<Content> next) {
    proposer = next;
  }

  Proposer<Content> proposer() {
    if (proposer == null) {
      throw new IllegalStateException("the change has not begun");
    }
    return proposer;
  }

  boolean isDone() {
    return proposer instanceof Finished;
  }
}
