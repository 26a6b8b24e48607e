/** The shrinker, against scenarios that are asked and scenarios that are run. */
@NullMarked
package dev.synod.testkit.shrink;

import org.jspecify.annotations.NullMarked;
