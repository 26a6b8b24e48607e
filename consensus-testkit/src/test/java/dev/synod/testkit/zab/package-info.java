/** Groups of ZAB under faults. */
@NullMarked
package dev.synod.testkit.zab;

import org.jspecify.annotations.NullMarked;
