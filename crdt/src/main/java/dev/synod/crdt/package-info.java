/**
 * Conflict-free replicated data types: values that several replicas change at once, without asking
 * each other, and that are equal wherever the same changes have arrived.
 *
 * <p>All are immutable. A change, such as {@link dev.synod.crdt.AddWinsSet#add}, returns a
 * <em>delta</em>: a small value of the same type, to be merged into the state here and into those
 * of all others. Merging the same delta twice, or late, or in another order does no harm; one that
 * a replica makes has to be merged there before it makes the next one.
 *
 * <p>Counters: {@link dev.synod.crdt.GCounter}, {@link dev.synod.crdt.PnCounter}, {@link
 * dev.synod.crdt.BoundedCounter}, {@link dev.synod.crdt.ResettableCounter}. Registers: {@link
 * dev.synod.crdt.LwwRegister}, {@link dev.synod.crdt.MvRegister}. Flags: {@link
 * dev.synod.crdt.EnableWinsFlag}, {@link dev.synod.crdt.DisableWinsFlag}. Sets: {@link
 * dev.synod.crdt.GSet}, {@link dev.synod.crdt.TwoPhaseSet}, {@link dev.synod.crdt.AddWinsSet},
 * {@link dev.synod.crdt.RemoveWinsSet}. Maps: {@link dev.synod.crdt.OrMap}. And {@link
 * dev.synod.crdt.Max}, {@link dev.synod.crdt.Min}.
 *
 * <p>Elements, keys and values in them are immutable, and are equal and hash alike in every
 * process: strings, numbers, bytes and records of these do, enums do not.
 */
@NullMarked
package dev.synod.crdt;

import org.jspecify.annotations.NullMarked;
