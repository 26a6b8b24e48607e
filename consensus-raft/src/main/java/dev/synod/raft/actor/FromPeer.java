package dev.synod.raft.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WireMessage;
import dev.synod.raft.protocol.RaftMessage;

/**
 * What another server of the group says.
 *
 * @param incarnation of the group as the sender knows it; one that differs is not our group,
 *     whatever its name
 */
public record FromPeer(long incarnation, RaftMessage message)
    implements ReplicaMessage, WireMessage {}
