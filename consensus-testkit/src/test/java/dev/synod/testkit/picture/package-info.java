/**
 * Pictures: that they change nothing, show what must be seen, and stay text where they are text.
 */
@NullMarked
package dev.synod.testkit.picture;

import org.jspecify.annotations.NullMarked;
