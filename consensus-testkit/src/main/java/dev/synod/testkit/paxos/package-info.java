/** What the invariants must know of Multi-Paxos. */
@NullMarked
package dev.synod.testkit.paxos;

import org.jspecify.annotations.NullMarked;
