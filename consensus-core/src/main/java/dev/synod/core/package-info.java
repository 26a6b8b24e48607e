/**
 * The vocabulary that all protocols share: ids, entries, quorums, sessions, outcomes, the
 * state-machine interface.
 *
 * <p>Pure Java: nothing here sees an actor, a file, a clock or a thread. A type enters when a
 * second module needs it, never before. Read {@link dev.synod.core.Term}, {@link
 * dev.synod.core.LogPosition} and {@link dev.synod.core.Entry} first; then {@link
 * dev.synod.core.StateMachine} and {@link dev.synod.core.Outcome}, which are what users meet.
 */
@NullMarked
package dev.synod.core;

import org.jspecify.annotations.NullMarked;
