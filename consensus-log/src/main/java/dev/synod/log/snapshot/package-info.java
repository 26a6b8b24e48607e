/**
 * Snapshots of groups as files: written beside, forced, renamed, and only then used; read in
 * chunks. They cover what compaction removes from the log.
 */
@NullMarked
package dev.synod.log.snapshot;

import org.jspecify.annotations.NullMarked;
