/**
 * Pekko Persistence as the place where groups are kept: their logs in a journal plugin, their
 * snapshots in a snapshot store plugin. {@link dev.synod.persistence.PersistentStorage} is the
 * door; the rest is its own.
 */
@NullMarked
package dev.synod.persistence;

import org.jspecify.annotations.NullMarked;
