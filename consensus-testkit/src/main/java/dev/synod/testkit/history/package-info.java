/**
 * What clients asked and were told: the history of a run, recorded, printed and read back.
 *
 * <p>A history is text all through: names, keys, arguments and results are strings, so that it can
 * be kept as a resource, printed in a failure and checked again later. Read {@link
 * dev.synod.testkit.history.Event} and {@link dev.synod.testkit.history.History} first. What an
 * operation should have answered is said by {@link dev.synod.testkit.history.model}; whether a
 * history is right, by {@link dev.synod.testkit.history.check}.
 *
 * <p>Nothing here sees a clock, a thread or an actor: times are given by the caller.
 */
@NullMarked
package dev.synod.testkit.history;

import org.jspecify.annotations.NullMarked;
