package dev.synod.paxos.actor;

import dev.synod.paxos.rules.Content;

/**
 * What a client is told of a change that was chosen.
 *
 * @param changed whether the change made the content; false for a read, and for a comparison that
 *     failed
 * @param content what the register holds after it
 */
public record RegisterReply(boolean changed, Content content) {}
