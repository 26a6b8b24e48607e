/** The way to a ladder's actor for simulations, which stand in another package. */
@NullMarked
package dev.synod.crdt.ladder;

import org.jspecify.annotations.NullMarked;
