package dev.synod.samples.chat;

/**
 * What somebody said.
 *
 * @param index where in the group's log it stands: rises, and never repeats
 * @param id made by the sender, the same when it is sent again
 * @param sentMillis since 1970, by the clock of the node that took it: for people, not for ordering
 */
public record Message(long index, String id, String author, String text, long sentMillis) {}
