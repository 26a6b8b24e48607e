package dev.synod.testkit.history.check;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a history stands on the ladder.
 *
 * @param rungs what is known of each rung
 * @param sessions which promises to single clients were broken
 */
public record Classification(Map<Consistency, Verdict> rungs, SessionReport sessions) {

  public Classification {
    rungs = Collections.unmodifiableMap(new EnumMap<>(rungs));
    if (rungs.size() < Consistency.values().length) {
      throw new IllegalArgumentException("a rung has no verdict: " + rungs.keySet());
    }
  }

  /** The highest rung that certainly holds; empty if none does. */
  public Optional<Consistency> level() {
    return rungs.values().stream().filter(Verdict::holds).map(Verdict::promise).findFirst();
  }

  /** Whether a rung certainly holds. */
  public boolean isAtLeast(Consistency rung) {
    return verdict(rung).holds();
  }

  /** What is known of a rung, with the witness if it is broken. */
  public Verdict verdict(Consistency rung) {
    return Optional.ofNullable(rungs.get(rung)).orElseThrow();
  }

  /** What is known of the rung above {@link #level}; empty if there is none above. */
  public Optional<Verdict> whyNotHigher() {
    return rungs.values().stream()
        .takeWhile(verdict -> !verdict.holds())
        .reduce((higher, lower) -> lower);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(level().map(Consistency::toString).orElse("nothing holds"));
    text.append('\n');
    whyNotHigher().ifPresent(verdict -> text.append(verdict).append('\n'));
    return text.append(sessions).toString();
  }
}
