package dev.synod.testkit.fault;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A fault with its time.
 *
 * @param at since the schedule began
 * @param lasting until it ends
 */
public record TimedFault(Duration at, Duration lasting, Fault fault) {

  private static final Pattern LINE = Pattern.compile("at\\s+(\\S+)\\s+for\\s+(\\S+)\\s+(\\S.*)");

  public TimedFault {
    if (at.isNegative() || lasting.isNegative()) {
      throw new IllegalArgumentException(
          "a fault begins after its schedule and ends after it began, but got at %s for %s"
              .formatted(Seconds.text(at), Seconds.text(lasting)));
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static TimedFault parse(String line) {
    var parts = LINE.matcher(line.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "a fault is such as \"at 3.2s for 1s crash n1 nothing-kept\", but got \"%s\""
              .formatted(line.strip()));
    }
    return new TimedFault(
        Seconds.parse(parts.group(1)),
        Seconds.parse(parts.group(2)),
        FaultText.parse(parts.group(3)));
  }

  /** One line, such as {@code at 3.2s for 1s crash n1 nothing-kept}. */
  @Override
  public String toString() {
    return "at %s for %s %s"
        .formatted(Seconds.text(at), Seconds.text(lasting), FaultText.of(fault));
  }
}
