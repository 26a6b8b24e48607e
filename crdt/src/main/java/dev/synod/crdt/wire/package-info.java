/**
 * How replicated data types become bytes: laid out by hand, with a version and a kind in front, one
 * encoding for each value. What was not written here is refused in words, and costs no more memory
 * than its length explains. The layout is in {@code FORMAT.md} of this module.
 */
@NullMarked
package dev.synod.crdt.wire;

import org.jspecify.annotations.NullMarked;
