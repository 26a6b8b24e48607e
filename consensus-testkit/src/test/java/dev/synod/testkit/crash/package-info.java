/** A crash at every call that a node makes to its disk, and what it must be like after each. */
@NullMarked
package dev.synod.testkit.crash;

import org.jspecify.annotations.NullMarked;
