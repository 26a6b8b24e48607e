/** Every invariant with a planted fault that it catches. */
@NullMarked
package dev.synod.testkit.invariant;

import org.jspecify.annotations.NullMarked;
