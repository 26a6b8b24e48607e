/**
 * Suspecting the dead: a fixed time-out against the phi accrual detector (Hayashibara, Défago,
 * Yared, Katayama, 2004) as Pekko has it. Complete: every crash is suspected by all. Accurate:
 * nobody living is; no detector is both on a network without bounds (Chandra, Toueg 1996), so each
 * buys fewer false suspicions with later true ones.
 */
@NullMarked
package dev.synod.testkit.lab.detector;

import org.jspecify.annotations.NullMarked;
