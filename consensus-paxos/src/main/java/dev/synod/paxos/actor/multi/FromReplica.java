package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WireMessage;
import dev.synod.paxos.protocol.multi.SlotMessage;

/**
 * What another replica of the group says.
 *
 * @param incarnation of the group as the sender knows it; one that differs is not our group,
 *     whatever its name
 */
public record FromReplica(long incarnation, SlotMessage message)
    implements ReplicaMessage, WireMessage {}
