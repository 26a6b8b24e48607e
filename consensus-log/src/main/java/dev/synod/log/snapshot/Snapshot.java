package dev.synod.log.snapshot;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;

/**
 * A durable snapshot, whose header is intact.
 *
 * @param metadata what the protocol gave when it was written
 * @param size of the body, in bytes
 * @param file its name, for messages
 */
public record Snapshot(
    GroupId group, LogPosition position, Bytes metadata, long size, String file) {}
