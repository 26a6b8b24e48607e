/**
 * Bytes that nobody of ours wrote: every decoder must refuse them in words, without an error of the
 * machine and without taking memory for lengths that can't be true. {@code ./dev fuzz} looks for
 * such bytes; every build tries those that were found, and good ones that are damaged by a seed.
 */
@NullMarked
package dev.synod.testkit.hostile;

import org.jspecify.annotations.NullMarked;
