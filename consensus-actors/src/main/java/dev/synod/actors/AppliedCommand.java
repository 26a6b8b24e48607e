package dev.synod.actors;

/**
 * A change of a group's state, as its watchers hear of it: a command that was applied and not
 * refused. The same on every replica.
 *
 * @param index in the group's log; rises from one change to the next, not always by one
 */
public record AppliedCommand<C>(long index, C command) {}
