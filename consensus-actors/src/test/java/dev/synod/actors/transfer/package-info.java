/** Snapshots on their way between two nodes, with a network that loses and damages. */
@NullMarked
package dev.synod.actors.transfer;

import org.jspecify.annotations.NullMarked;
