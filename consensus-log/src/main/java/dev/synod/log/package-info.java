/** The durable log: one segmented write-ahead log per node, shared by all groups of that node. */
@NullMarked
package dev.synod.log;

import org.jspecify.annotations.NullMarked;
