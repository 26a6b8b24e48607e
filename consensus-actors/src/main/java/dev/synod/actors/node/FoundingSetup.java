package dev.synod.actors.node;

import dev.synod.actors.Members;
import dev.synod.actors.Peers;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.SessionLimits;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What it takes to found a group, or to go on with one that was founded.
 *
 * @param joins whether it is not one of the founders, and waits to be let in
 * @param sessions what the group gets if this node founds it
 * @param restoring the backup with whose state the group is founded, if any
 * @param install puts that state where the replica will find it
 * @param readmission asks the group to let this replica in; empty if nobody is to ask by itself
 * @param node told when the group is founded here
 * @param replica completes the protocol's ports once the founding and the peers known by then are
 *     there
 */
record FoundingSetup(
    GroupId group,
    Member self,
    Members named,
    boolean joins,
    SessionLimits sessions,
    Optional<Restoration> restoring,
    BiFunction<Restoration, Founded, CompletionStage<Done>> install,
    Protocol protocol,
    GroupLog log,
    Peers peers,
    Optional<Behavior<Readmission.Task>> readmission,
    ActorRef<NodeMessage> node,
    BiFunction<Founded, Map<StoreId, ActorRef<ReplicaMessage>>, ReplicaSetup> replica) {}
