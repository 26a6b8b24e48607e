package dev.synod.actors.primarybackup;

import java.util.Optional;

/**
 * What a request came to.
 *
 * @param change the user's transaction; empty if carrying the request out failed
 * @param failure why, if it did
 */
public record Transaction(Ticket ticket, Optional<Object> change, String failure) {}
