package dev.synod.actors.watch;

import dev.synod.actors.Peers;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.core.GroupId;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.Serialization;

/**
 * What the watches of one group on one node are made of.
 *
 * @param client knows where the replicas are
 * @param serialization for the application's commands
 */
public record WatchSetup(
    GroupId group,
    ActorRef<GroupClientMessage> client,
    Peers peers,
    Serialization serialization,
    WatchSettings settings) {}
