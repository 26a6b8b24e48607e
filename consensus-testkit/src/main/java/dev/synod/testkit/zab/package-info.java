/** What the invariants must know of ZAB. */
@NullMarked
package dev.synod.testkit.zab;

import org.jspecify.annotations.NullMarked;
