/**
 * The caller's side: sessions, request numbers, retries, and the search for the leader.
 *
 * <p>One {@link dev.synod.actors.client.GroupClient} actor serves all callers of a group in an
 * actor system. Its parts are plain objects without clock or thread: {@link
 * dev.synod.actors.client.Commands} knows what may be told to a caller, {@link
 * dev.synod.actors.client.Attempts} which tries are on their way, {@link
 * dev.synod.actors.client.Route} whom to turn to.
 */
@NullMarked
package dev.synod.actors.client;

import org.jspecify.annotations.NullMarked;
