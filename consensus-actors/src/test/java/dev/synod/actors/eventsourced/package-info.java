/** A bank account, as an example of an event-sourced machine, and its tests. */
@NullMarked
package dev.synod.actors.eventsourced;

import org.jspecify.annotations.NullMarked;
