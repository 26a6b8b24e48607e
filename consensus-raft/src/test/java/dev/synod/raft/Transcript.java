package dev.synod.raft;

import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Step;

/** A conversation as a person would write it down: who tells whom what, and what becomes of it. */
final class Transcript {

  private final StringBuilder text = new StringBuilder();

  /** What was written so far was only the way here. */
  void begin() {
    text.setLength(0);
  }

  /** What the test makes happen. */
  void note(String happening) {
    text.append("* ").append(happening).append('\n');
  }

  void message(StoreId from, StoreId to, RaftMessage message) {
    text.append("%s ──► %s  %s%n".formatted(from, to, Words.of(message)).replace("\r", ""));
  }

  void became(StoreId store, Step step) {
    var was = Words.of(step.before());
    var is = Words.of(step.after());
    if (!was.equals(is)) {
      text.append("    ").append(store).append(": ").append(was).append(" → ").append(is);
      text.append('\n');
    }
  }

  /** Only what stays at home: messages are written down when they arrive. */
  void effect(StoreId store, Effect effect) {
    boolean athome =
        Promises.isWrite(effect)
            || effect instanceof Effect.Commit
            || effect instanceof Effect.ConfirmRead
            || effect instanceof Effect.SendSnapshot;
    if (athome) {
      text.append("    ").append(store).append(": ").append(Words.of(effect)).append('\n');
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
