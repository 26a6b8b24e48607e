/**
 * State machines that read like Pekko's {@code EventSourcedBehavior}: a command handler decides, an
 * event handler changes the state. What is replicated stays the command; every replica computes the
 * same events from it.
 */
@NullMarked
package dev.synod.actors.eventsourced;

import org.jspecify.annotations.NullMarked;
