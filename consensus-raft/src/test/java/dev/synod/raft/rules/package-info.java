/** Tests of the arithmetic below the rules: fast against dumb. */
@NullMarked
package dev.synod.raft.rules;

import org.jspecify.annotations.NullMarked;
