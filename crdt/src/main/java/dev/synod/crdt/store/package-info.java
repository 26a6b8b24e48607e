/**
 * Where a replica keeps what it has to know after a restart: a port, and a group's log behind it.
 * Records are bytes here.
 */
@NullMarked
package dev.synod.crdt.store;

import org.jspecify.annotations.NullMarked;
