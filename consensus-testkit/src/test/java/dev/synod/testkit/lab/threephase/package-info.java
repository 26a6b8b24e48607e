/**
 * Three-phase commit (Skeen, "Nonblocking commit protocols", 1981): nobody waits for a coordinator
 * that is dead, as long as silence means death. Where it may mean a partition, some commit what
 * others abort.
 */
@NullMarked
package dev.synod.testkit.lab.threephase;

import org.jspecify.annotations.NullMarked;
