/**
 * What nodes say to each other, whatever the protocol, and how it becomes bytes.
 *
 * <pre>
 *   GroupRef's client ── Propose, Ask ──►  replica          Answers ──► client
 *   node              ── Hello ─────────►  node (every member), answered by Hello
 *   client            ── Locate ────────►  node             Located ──► client
 * </pre>
 */
@NullMarked
package dev.synod.actors.wire;

import org.jspecify.annotations.NullMarked;
