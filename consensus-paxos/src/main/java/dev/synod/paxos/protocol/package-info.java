/**
 * What proposers, acceptors and learners say to each other (Lamport, "Paxos Made Simple", 2001,
 * §2.2 and §2.3).
 *
 * <pre>
 *   proposer ── Prepare ──► acceptors     Promise or Nack ──► proposer                  (phase 1)
 *   proposer ── Accept ───► acceptors     Accepted or Nack ─► proposer; Accepted ► learners (2)
 *   proposer ── Chosen ───► learners                                                    (§2.3)
 * </pre>
 *
 * <p>Pure values.
 */
@NullMarked
package dev.synod.paxos.protocol;

import org.jspecify.annotations.NullMarked;
