package dev.synod.zab.actor;

import com.typesafe.config.Config;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Voting;
import dev.synod.zab.ZabSettings;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One server of a ZAB group as an actor: it begins by restoring its state machine, then it looks
 * for a leader.
 */
public final class ZabReplica {

  private ZabReplica() {}

  /**
   * A server that restores its state machine first.
   *
   * @param voting how much the word of each voter counts
   * @param settings those that the configuration of an actor system says
   */
  public static Behavior<ReplicaMessage> create(
      ReplicaSetup setup, Voting voting, Function<Config, ZabSettings> settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ZabShell(context, timers, setup, voting, settings).start()));
  }
}
