package dev.synod.actors.replica;

import dev.synod.core.LogPosition;
import java.util.Optional;

/** What an applier tells itself, partly from the executor that reads and writes its snapshots. */
sealed interface ApplierTask extends ApplierMessage {

  /**
   * Go on: lands behind the messages that came meanwhile, so that these share one batch of answers.
   */
  enum Turn implements ApplierTask {
    INSTANCE
  }

  /** The hub wants to hear of every change from now on, or of none any more. */
  record Follow(boolean on) implements ApplierTask {}

  /**
   * The state after that entry was looked at.
   *
   * @param digest empty if it could not be
   */
  record StateDigested(long index, Optional<Long> digest) implements ApplierTask {}

  /** The snapshot of that position is durable. */
  record Written(LogPosition position, long bytes) implements ApplierTask {}

  /** The snapshot under way failed. */
  record NotWritten(String reason) implements ApplierTask {}

  /**
   * The newest snapshot was read.
   *
   * @param content empty if no snapshot is newer than what was applied
   */
  record Loaded(Optional<Captured> content) implements ApplierTask {}

  /** There is a snapshot, but it can't be read. */
  record NotLoaded(String reason) implements ApplierTask {}
}
