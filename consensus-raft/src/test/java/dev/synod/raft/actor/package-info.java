/** How actors drive the rules: what leaves before and after the disk has answered. */
@NullMarked
package dev.synod.raft.actor;

import org.jspecify.annotations.NullMarked;
