package dev.synod.testkit.history;

import java.util.Optional;

/**
 * A call and how it ended.
 *
 * @param number its place among the history's operations by invocation, from 0
 * @param invokedAt place of its invocation among the history's events, from 0
 * @param endedAt place of its end among the events, from when on it has certainly had its effect;
 *     {@link #NEVER} if that is unknown
 */
public record Operation(
    int number, Event.Invoke invoke, Event.End end, int invokedAt, int endedAt) {

  /** Later than all events: where the effect of an operation with unknown outcome may yet be. */
  public static final int NEVER = Integer.MAX_VALUE;

  public String process() {
    return invoke.process();
  }

  public Call call() {
    return invoke.call();
  }

  public Ending ending() {
    return end.ending();
  }

  /** What the client was told; empty if the outcome is not {@link Ending#OK}. */
  public Optional<String> result() {
    return end.ending() == Ending.OK ? Optional.of(end.text()) : Optional.empty();
  }

  /** Herlihy and Wing 1990, §2.2: this one ended before the other began. */
  public boolean precedes(Operation other) {
    return endedAt < other.invokedAt;
  }

  /** For a person: who, what, with which result, when. */
  @Override
  public String toString() {
    var text = new StringBuilder(process()).append("  ").append(call());
    switch (end.ending()) {
      case OK -> text.append(end.text().isEmpty() ? "" : " -> " + HistoryText.quoted(end.text()));
      case REJECTED -> text.append(" (rejected)");
      case UNKNOWN -> text.append(" (unknown)");
    }
    text.append("  [").append(invoke.time()).append(", ");
    return text.append(endedAt == NEVER ? "…" : end.time()).append(']').toString();
  }
}
