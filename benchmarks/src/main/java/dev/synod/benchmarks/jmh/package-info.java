/**
 * Small benchmarks of parts of a write's way, for JMH: what a change of one part gains or costs.
 * They say nothing about whole systems.
 */
@NullMarked
package dev.synod.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
