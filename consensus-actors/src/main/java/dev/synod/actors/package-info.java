/**
 * What an application meets: {@code Consensus}, {@code Group}, {@code GroupRef} and the choice of a
 * protocol.
 */
@NullMarked
package dev.synod.actors;

import org.jspecify.annotations.NullMarked;
