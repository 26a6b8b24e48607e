package dev.synod.samples.api;

/**
 * The counter was changed.
 *
 * @param index of the change in the group's log: what to go on after
 * @param by how much was added
 */
public record CounterChange(long index, long by) {}
