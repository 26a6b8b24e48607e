package dev.synod.testkit.mutant;

import dev.synod.testkit.fault.Profile;
import java.util.Locale;

/**
 * What a mutant is simulated under.
 *
 * @param seconds of virtual time with faults
 * @param settings of the configuration, above those of the simulation
 */
record Conditions(int nodes, Profile profile, int seconds, int gapMillis, String settings) {

  static final Conditions STORM = new Conditions(3, Profile.STORM, 20, 100, "");

  static final Conditions BUSY = new Conditions(3, Profile.STORM, 20, 20, "");

  @Override
  public String toString() {
    return "%d nodes, %s".formatted(nodes, profile.name().toLowerCase(Locale.ROOT));
  }
}
