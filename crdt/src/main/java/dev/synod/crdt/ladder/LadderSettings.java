package dev.synod.crdt.ladder;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The bounds and intervals of a ladder, read from {@code synod.crdt.ladder}, checked on
 * construction: an instance that exists is valid.
 *
 * @param retryInterval after which what the group was told and did not answer, or refused for now,
 *     is told again
 * @param afterTimeout how long an operation waits for what its token names
 * @param moveTimeout how long a move waits until the entity has arrived; it goes on afterwards
 * @param answerTimeout how long anything takes at most, before its outcome is called unknown;
 *     longer than the two above, and than twice the group's ask-timeout
 * @param movesPendingMax moves that wait; more are refused
 * @param tasksAtATimeMax values that are handed in, or taken from the group, at a time; others wait
 *     for their turn
 */
record LadderSettings(
    Duration retryInterval,
    Duration afterTimeout,
    Duration moveTimeout,
    Duration answerTimeout,
    int movesPendingMax,
    int tasksAtATimeMax) {

  private static final Section SECTION = new Section("synod.crdt.ladder");

  LadderSettings {
    SECTION.positive("retry-interval", retryInterval);
    SECTION.positive("after-timeout", afterTimeout);
    SECTION.positive("move-timeout", moveTimeout);
    SECTION.ascending("after-timeout", afterTimeout, "answer-timeout", answerTimeout);
    SECTION.ascending("move-timeout", moveTimeout, "answer-timeout", answerTimeout);
    SECTION.atLeast("moves-pending-max", movesPendingMax, 1);
    SECTION.atLeast("tasks-at-a-time-max", tasksAtATimeMax, 1);
  }

  /** Those of that actor system. */
  static LadderSettings of(ActorSystem<?> system) {
    return from(system.settings().config().getConfig(SECTION.path()));
  }

  /** Reads the section {@code synod.crdt.ladder}. */
  static LadderSettings from(Config ladder) {
    return new LadderSettings(
        ladder.getDuration("retry-interval"),
        ladder.getDuration("after-timeout"),
        ladder.getDuration("move-timeout"),
        ladder.getDuration("answer-timeout"),
        ladder.getInt("moves-pending-max"),
        ladder.getInt("tasks-at-a-time-max"));
  }
}
