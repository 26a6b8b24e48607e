/** A group on simulated machines: what must hold of the simulation itself. */
@NullMarked
package dev.synod.testkit.cluster;

import org.jspecify.annotations.NullMarked;
