/**
 * How messages become bytes between nodes, and commands become bytes in the log: hand-laid for what
 * is sent often, Kryo with registered classes only for the rest.
 */
@NullMarked
package dev.synod.actors.wire;

import org.jspecify.annotations.NullMarked;
