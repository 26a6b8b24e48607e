package dev.synod.actors;

import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import java.time.Duration;
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

  /**
   * Who leads, by its own word: one that was cut off and replaced may not know it yet. Fails with a
   * {@link RejectedException} if no leader answered before the deadline {@code
   * synod.client.ask-timeout}.
   */
  CompletionStage<Member> leader();

  /**
   * Makes that voter the leader (Ongaro's thesis §3.10). The present leader takes no commands until
   * the other one has everything, then that one is elected, without an election timeout. Clients
   * try again by themselves meanwhile. Done, with the new leader, when it leads.
   *
   * @param deadline by which it must have taken over; else the leader leads on, at the latest one
   *     minimum election timeout after it
   * @return fails with a {@link RejectedException} if nothing changed, saying why: it is a learner,
   *     a witness or no member, is about to lose its vote, is not heard of, or was not elected in
   *     time; with an {@link UnknownOutcomeException} if there was no answer by {@code
   *     synod.client.ask-timeout}
   */
  CompletionStage<Member> transfer(StoreId to, Duration deadline);

  /**
   * As {@link #transfer(StoreId, Duration)}, to whichever other voter can take over soonest: before
   * maintenance of the leader's node, say. A node that stops in order does this by itself.
   */
  CompletionStage<Member> transfer(Duration deadline);
}
