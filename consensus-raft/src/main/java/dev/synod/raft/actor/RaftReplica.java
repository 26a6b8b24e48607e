package dev.synod.raft.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.raft.RaftSettings;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One server of a Raft group as an actor: it begins by restoring its state machine, then it is a
 * follower (§5.2).
 */
public final class RaftReplica {

  private RaftReplica() {}

  public static Behavior<ReplicaMessage> create(ReplicaSetup setup, RaftSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new RaftShell(context, timers, setup, settings).start()));
  }
}
