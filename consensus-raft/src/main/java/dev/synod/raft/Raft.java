package dev.synod.raft;

import com.typesafe.config.Config;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.raft.actor.AppendFrame;
import dev.synod.raft.actor.ForcedStart;
import dev.synod.raft.actor.RaftReplica;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Raft as the protocol of a group: {@code Group.of("counter",
 * Counter::new).using(Raft.protocol())}.
 */
public final class Raft implements Protocol {

  private final Optional<RaftSettings> settings;

  private Raft(Optional<RaftSettings> settings) {
    this.settings = settings;
  }

  /** With the settings of the actor system, under {@code synod.raft}. */
  public static Protocol protocol() {
    return new Raft(Optional.empty());
  }

  /** With these settings. */
  public static Protocol protocol(RaftSettings settings) {
    return new Raft(Optional.of(settings));
  }

  @Override
  public String name() {
    return "raft";
  }

  @Override
  public boolean hasWitnesses() {
    return true;
  }

  @Override
  public void check(Config system) {
    AppendFrame.check(settings(system), system);
  }

  /** Those that the program has set itself stay as they are. */
  @Override
  public Set<String> changeable() {
    return settings.isPresent() ? Set.of() : RaftSettings.CHANGEABLE;
  }

  @Override
  public void force(
      GroupLog log, StoreId survivor, LogPosition snapshot, Configuration base, UUID change) {
    ForcedStart.write(log, survivor, snapshot, base, change);
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    return Behaviors.setup(
        context ->
            RaftReplica.create(
                setup, settings(context.getSystem().settings().config()), this::settings));
  }

  private RaftSettings settings(Config system) {
    return settings.orElseGet(() -> RaftSettings.from(system.getConfig("synod.raft")));
  }
}
