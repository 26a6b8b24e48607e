/**
 * Watches: how those who want to hear of every change of a group hear of it. A watcher pulls from
 * any replica and goes on at another one where it was; a replica's hub serves all its watchers from
 * one copy of the newest changes, or from the log. The log is the history, see ADR 17.
 *
 * <p>What is said between them is in {@code message}; which entries were changes the applier knows.
 */
@NullMarked
package dev.synod.actors.watch;

import org.jspecify.annotations.NullMarked;
