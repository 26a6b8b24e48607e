/**
 * ZAB's decisions, pure: a role and one input give the next role and an ordered list of effects.
 * Nothing here sees a clock, a disk, a network, a random number, a logger or an actor.
 *
 * <p>Who may become what (Zab §V; Medeiros §3):
 *
 * <pre>
 * from \ to   Looking                          Following       Leading         Observing
 * Looking     a later round; hears no leader   one is elected  it is elected   voters follow one
 * Following   the leader is silent, or looks   –               –               –
 * Leading     no quorum heard; another has a   –               –               –
 *             newer history or a later epoch;
 *             its counter is at its end
 * Observing   the leader is silent, or looks   –               –               –
 * </pre>
 *
 * <p>A leader passes through the phases discovery, synchronization and broadcast ({@link
 * dev.synod.zab.rules.Phase}), and so does everyone who joins it.
 */
@NullMarked
package dev.synod.zab.rules;

import org.jspecify.annotations.NullMarked;
