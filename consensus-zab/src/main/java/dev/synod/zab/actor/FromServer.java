package dev.synod.zab.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WireMessage;
import dev.synod.zab.protocol.ZabMessage;

/**
 * What another server of the group says.
 *
 * @param incarnation of the group as the sender knows it; one that differs is not our group,
 *     whatever its name
 */
public record FromServer(long incarnation, ZabMessage message)
    implements ReplicaMessage, WireMessage {}
