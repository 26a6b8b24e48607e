/**
 * Who did something, what came before what, and when: replicas, dots, version vectors, hybrid
 * clocks. {@link dev.synod.core.LamportClock} is part of the vocabulary of all modules.
 *
 * <p>Pure Java: physical time is handed in, nothing here reads a clock.
 */
@NullMarked
package dev.synod.crdt.clock;

import org.jspecify.annotations.NullMarked;
