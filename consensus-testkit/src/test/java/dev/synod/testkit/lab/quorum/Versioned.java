package dev.synod.testkit.lab.quorum;

import dev.synod.testkit.history.Call;

/** What a replica holds. */
record Versioned(String value, Version version) {

  /** Nothing was written yet. */
  static final Versioned NOTHING = new Versioned(Call.NIL, Version.FIRST);

  /** The newer one of the two. */
  Versioned newest(Versioned other) {
    return version.compareTo(other.version) >= 0 ? this : other;
  }
}
