package dev.synod.raft.actor;

import com.typesafe.config.Config;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.raft.RaftSettings;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One server of a Raft group as an actor: it begins by restoring its state machine, then it is a
 * follower (§5.2).
 */
public final class RaftReplica {

  private RaftReplica() {}

  /**
   * A server that restores its state machine first.
   *
   * @param changed gives the settings after a change of the configuration
   */
  public static Behavior<ReplicaMessage> create(
      ReplicaSetup setup, RaftSettings settings, Function<Config, RaftSettings> changed) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new RaftShell(context, timers, setup, settings, changed).start()));
  }
}
