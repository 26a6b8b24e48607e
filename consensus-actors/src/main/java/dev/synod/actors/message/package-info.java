/**
 * What is said: between clients and replicas, between nodes, and to a replica by what belongs to
 * it.
 *
 * <pre>
 *   GroupRef's client ── Propose, Ask ──►  replica          Answers ──► client
 *   node              ── Hello ─────────►  node (every member), answered by Hello
 *   client            ── Locate ────────►  node             Located ──► client
 * </pre>
 *
 * <p>Values only: how they become bytes is in {@code wire}, what is done with them in {@code
 * client}, {@code node} and {@code replica}. What servers of one protocol say to each other is in
 * the protocol's module.
 */
@NullMarked
package dev.synod.actors.message;

import org.jspecify.annotations.NullMarked;
