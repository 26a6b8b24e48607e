/**
 * Dot stores and causal contexts: the one basis of all types whose removals concern only what was
 * seen (Almeida, Shoker, Baquero: "Delta State Replicated Data Types", 2018, §7).
 *
 * <p>A {@link dev.synod.crdt.dots.Causal} is a store and a context. The store says which dots are
 * alive and what they carry; the context says which dots are known. A dot that is known and not in
 * the store is gone for good, so removals leave nothing behind. Read {@link
 * dev.synod.crdt.dots.CausalContext}, {@link dev.synod.crdt.dots.DotStore}, {@link
 * dev.synod.crdt.dots.Causal}, then the three stores and {@link dev.synod.crdt.dots.Mutation}.
 */
@NullMarked
package dev.synod.crdt.dots;

import org.jspecify.annotations.NullMarked;
