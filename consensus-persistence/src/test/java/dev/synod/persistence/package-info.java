/** The adapter on real data bases: the contract of stores, Raft on it, and what it costs. */
@NullMarked
package dev.synod.persistence;

import org.jspecify.annotations.NullMarked;
