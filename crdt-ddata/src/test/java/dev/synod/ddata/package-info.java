/** Imports of drawn counters and sets, and of a node's Distributed Data. */
@NullMarked
package dev.synod.ddata;

import org.jspecify.annotations.NullMarked;
