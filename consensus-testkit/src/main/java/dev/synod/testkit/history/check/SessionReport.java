package dev.synod.testkit.history.check;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which promises to single clients were broken.
 *
 * @param broken each broken one with the first read that shows it
 * @param undecided why nobody can tell; empty if all that is not broken holds
 */
public record SessionReport(Map<SessionGuarantee, Witness> broken, Optional<String> undecided) {

  public SessionReport {
    var sorted = new EnumMap<SessionGuarantee, Witness>(SessionGuarantee.class);
    sorted.putAll(broken);
    broken = Collections.unmodifiableMap(sorted);
  }

  /** Whether all four are certainly kept. */
  public boolean holds() {
    return broken.isEmpty() && undecided.isEmpty();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    undecided.ifPresent(why -> text.append("undecided: ").append(why).append('\n'));
    broken.forEach(
        (guarantee, witness) ->
            text.append("broken: ").append(guarantee).append(": ").append(witness.text()));
    return text.isEmpty() ? "all session guarantees hold\n" : text.toString();
  }
}
