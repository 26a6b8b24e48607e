/** Faults and schedules: what must hold of them as data. */
@NullMarked
package dev.synod.testkit.fault;

import org.jspecify.annotations.NullMarked;
