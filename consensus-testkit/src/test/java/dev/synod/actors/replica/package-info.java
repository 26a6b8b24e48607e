/** The way to snapshots' bodies for fuzz tests, which stand in another package. */
@NullMarked
package dev.synod.actors.replica;

import org.jspecify.annotations.NullMarked;
