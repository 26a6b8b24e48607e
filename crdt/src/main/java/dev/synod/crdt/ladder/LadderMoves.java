package dev.synod.crdt.ladder;

import dev.synod.core.Outcome;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.ladder.ToLadder.MoveTo;
import dev.synod.crdt.ladder.ToLadder.Moved;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Refused;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.rules.LadderNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves that the group has taken, and that have not arrived yet. Time is counted in ticks. */
final class LadderMoves {

  private final int max;
  private final long patience;
  private final List<Waiting> waiting = new ArrayList<>();
  private long now;

  /** A move, where it stands in the group's log, and until when it waits. */
  private record Waiting(MoveTo move, long index, long deadline) {}

  LadderMoves(LadderSettings settings) {
    this.max = settings.movesPendingMax();
    long tick = settings.retryInterval().toNanos();
    this.patience = (settings.moveTimeout().toNanos() + tick - 1) / tick + 1;
  }

  boolean isFull() {
    return waiting.size() >= max;
  }

  /** The group has answered; what waited too long meanwhile is asked once more, and ends. */
  void moved(Moved moved) {
    var replyTo = moved.move().replyTo();
    if (moved.outcome() instanceof Outcome.Ok<LadderReply> ok) {
      if (ok.reply() instanceof Refused refused) {
        replyTo.tell(new LadderOutcome.Rejected(refused.reason(), refused.text()));
      } else {
        waiting.add(new Waiting(moved.move(), ok.index(), now + patience));
      }
    } else {
      replyTo.tell(failed(moved.outcome()));
    }
  }

  /** What an outcome that is not ok means for whoever asked. */
  static LadderOutcome failed(Outcome<LadderReply> outcome) {
    if (outcome instanceof Outcome.Rejected<LadderReply> rejected) {
      return new LadderOutcome.Rejected(
          rejected.reason() == Outcome.Reason.INVALID ? Reason.NOT_ALLOWED : Reason.UNAVAILABLE,
          rejected.text());
    }
    return new LadderOutcome.Unknown(
        outcome instanceof Outcome.Unknown<LadderReply> unknown
            ? unknown.text()
            : outcome.toString());
  }

  /** Ends those that have arrived, or were overtaken. */
  void look(LadderNode node) {
    waiting.removeIf(
        it -> {
          var outcome = outcome(it, node);
          outcome.ifPresent(it.move().replyTo()::tell);
          return outcome.isPresent();
        });
  }

  private static Optional<LadderOutcome> outcome(Waiting it, LadderNode node) {
    var rung = node.rungs().of(it.move().key());
    if (node.index() < it.index()) {
      return Optional.empty();
    } else if (node.hasArrived(it.move().key(), it.move().to())) {
      return Optional.of(new LadderOutcome.Done(it.move().to(), CausalToken.NONE));
    }
    return rung.mode() == it.move().to()
        ? Optional.empty()
        : Optional.of(new LadderOutcome.Unknown("another move has followed, to " + rung.mode()));
  }

  /** One more tick has passed: ends what has waited too long. */
  void tick(LadderNode node) {
    now++;
    waiting.removeIf(
        it -> {
          if (it.deadline() > now) {
            return false;
          }
          var rung = node.rungs().of(it.move().key());
          it.move()
              .replyTo()
              .tell(
                  new LadderOutcome.Unknown(
                      "it is on its way to %s and waits for %s"
                          .formatted(it.move().to(), rung.waiting())));
          return true;
        });
  }
}
