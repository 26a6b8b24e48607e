/** The file port of the log: the real disk, and one in memory that forgets what was not synced. */
@NullMarked
package dev.synod.log.disk;

import org.jspecify.annotations.NullMarked;
