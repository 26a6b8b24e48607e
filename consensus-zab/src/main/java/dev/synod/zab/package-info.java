/**
 * ZAB, ZooKeeper's atomic broadcast (Junqueira, Reed, Serafini, "Zab: High-performance broadcast
 * for primary-backup systems", DSN 2011; Medeiros, "ZooKeeper's atomic broadcast protocol: Theory
 * and practice", 2012).
 */
@NullMarked
package dev.synod.zab;

import org.jspecify.annotations.NullMarked;
