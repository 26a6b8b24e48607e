package dev.synod.actors.primarybackup;

/**
 * What a snapshot holds.
 *
 * @param ticket of the last transaction in it
 * @param state the user's
 */
public record PreparedState(Ticket ticket, Object state) {}
