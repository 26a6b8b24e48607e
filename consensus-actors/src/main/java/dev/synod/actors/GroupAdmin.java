package dev.synod.actors;

import dev.synod.core.Configuration;
import java.util.concurrent.CompletionStage;

/** What administrators do to a group, from any node. Safe for use by many threads. */
public interface GroupAdmin {

  /**
   * Who belongs to the group, as its leader knows it. Fails with a {@link RejectedException} if no
   * leader answered before the deadline.
   */
  CompletionStage<Configuration> configuration();

  /**
   * Changes who belongs to the group, by joint consensus (Raft §6): new voters learn until they
   * have caught up, then old and new majorities decide together, then the new one alone. Done, with
   * the configuration that came of it, when that is committed.
   *
   * <p>A newcomer must have been started there with {@link Consensus#join} for its log to fill, and
   * as long as it has not caught up the change does not end.
   *
   * @param expected the version of the configuration that the change is meant for, so that two
   *     administrators can't cross: {@link Configuration#version}
   * @return fails with a {@link RejectedException} if the change was certainly not begun, saying
   *     why; with an {@link UnknownOutcomeException} if it was not done by the deadline {@code
   *     synod.client.ask-timeout}: it may go on, and {@link #configuration} tells
   */
  CompletionStage<Configuration> change(long expected, Change change);
}
