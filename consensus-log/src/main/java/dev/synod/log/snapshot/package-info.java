/**
 * Snapshots of groups, which cover what compaction removes from the log. As files: written beside,
 * forced, renamed, and only then used; read in chunks. Or in memory, as a whole.
 */
@NullMarked
package dev.synod.log.snapshot;

import org.jspecify.annotations.NullMarked;
