/**
 * Simulated machines: each with a disk that forgets, a clock of its own and a network that loses,
 * delays and parts. What runs on a machine is a {@link dev.synod.testkit.world.Program}; the
 * machine can be crashed, frozen, and booted again on what its disk has kept. Knows no protocol.
 */
@NullMarked
package dev.synod.testkit.world;

import org.jspecify.annotations.NullMarked;
