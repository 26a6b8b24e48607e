/**
 * State machines in the primary-backup manner: the leader alone carries a request out, and what is
 * replicated is what that came to.
 */
@NullMarked
package dev.synod.actors.primarybackup;

import org.jspecify.annotations.NullMarked;
