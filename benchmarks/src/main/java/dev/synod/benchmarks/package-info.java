/**
 * The same workload over each system and layout, in turns, with the machine's floor beside it in
 * the same run.
 *
 * <p>A closed loop: so many requests are outstanding, and each answer starts the next. Figures are
 * for comparison within one run only: machines differ, and shared ones differ from minute to
 * minute.
 */
@NullMarked
package dev.synod.benchmarks;

import org.jspecify.annotations.NullMarked;
