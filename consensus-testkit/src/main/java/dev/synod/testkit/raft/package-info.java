/** What the invariants must know of Raft. */
@NullMarked
package dev.synod.testkit.raft;

import org.jspecify.annotations.NullMarked;
