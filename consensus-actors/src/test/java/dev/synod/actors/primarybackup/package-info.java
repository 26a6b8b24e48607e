/** What a primary prepares, as a machine and as bytes. */
@NullMarked
package dev.synod.actors.primarybackup;

import org.jspecify.annotations.NullMarked;
