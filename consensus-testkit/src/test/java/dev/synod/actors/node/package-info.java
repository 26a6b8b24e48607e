/** The way to group descriptions for fuzz tests, which stand in another package. */
@NullMarked
package dev.synod.actors.node;

import org.jspecify.annotations.NullMarked;
