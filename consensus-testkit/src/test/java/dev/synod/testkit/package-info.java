/** Tests of what users of the testkit write. */
@NullMarked
package dev.synod.testkit;

import org.jspecify.annotations.NullMarked;
