package dev.synod.actors.replica;

import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;

/** What a snapshot holds: all, or, if it is a witness's, where it ends and who belonged there. */
sealed interface Captured permits SnapshotContent, StatelessContent {

  /** Of the last entry in it. */
  LogPosition position();

  Configuration configuration();
}
