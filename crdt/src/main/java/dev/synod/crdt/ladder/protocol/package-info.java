/** What the nodes of a ladder and their consensus group say to each other, as values. */
@NullMarked
package dev.synod.crdt.ladder.protocol;

import org.jspecify.annotations.NullMarked;
