/**
 * The bytes on disk: identity, segment and record headers, and the walk over a segment that tells a
 * torn tail from damage. FORMAT.md of this module has the tables.
 *
 * <p>Public only for the log's other packages; not part of the interface for applications.
 */
@NullMarked
package dev.synod.log.format;

import org.jspecify.annotations.NullMarked;
