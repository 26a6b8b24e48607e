package dev.synod.actors.meters;

/** Whether to measure, as {@code synod.meters} says. */
public enum MetersChoice {
  /** Measures nothing. */
  OFF,
  /** Measures with Micrometer, and fails at start without it. */
  ON,
  /** Measures if Micrometer is on the class path. */
  AUTO;

  private static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";

  /** The value of the setting, or an {@link IllegalArgumentException}. */
  public static MetersChoice parse(String setting) {
    for (MetersChoice choice : values()) {
      if (choice.name().equalsIgnoreCase(setting)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "synod.meters is auto, on or off, but is \"" + setting + "\"");
  }

  /** The meters that this choice means here. */
  public Meters meters() {
    return meters(isPresent());
  }

  Meters meters(boolean micrometerIsPresent) {
    if (this == OFF || (this == AUTO && !micrometerIsPresent)) {
      return Meters.NONE;
    }
    if (!micrometerIsPresent) {
      throw new IllegalArgumentException(
          "synod.meters is on, but Micrometer is not on the class path: add"
              + " io.micrometer:micrometer-core, or say auto");
    }
    return Present.meters();
  }

  private static boolean isPresent() {
    try {
      Class.forName(MICROMETER, false, MetersChoice.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** The only class on the way that needs Micrometer to be loaded. */
  private static final class Present {
    static Meters meters() {
      return MicrometerMeters.global();
    }
  }
}
