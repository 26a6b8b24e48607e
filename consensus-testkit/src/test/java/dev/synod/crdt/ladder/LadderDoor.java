package dev.synod.crdt.ladder;

import com.typesafe.config.Config;
import dev.synod.actors.GroupRef;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.rules.LadderFamilies;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.testkit.world.Machine;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** The ladder's actor that ships, on a simulated machine, and what it may be told. */
public final class LadderDoor {

  private final ActorRef<ToLadder> actor;

  private LadderDoor(ActorRef<ToLadder> actor) {
    this.actor = actor;
  }

  /** Starts it for this life of the machine. */
  public static LadderDoor open(
      Machine machine,
      Config config,
      List<LadderFamily<?, ?>> families,
      ReplicatedValues data,
      boolean isRegistered,
      GroupRef<LadderCommand, LadderReply> group) {
    var behavior =
        LadderActor.behavior(
            machine.address(),
            LadderSettings.from(config.getConfig("synod.crdt.ladder")),
            new LadderFamilies(families),
            data,
            isRegistered,
            group);
    return new LadderDoor(machine.spawn(behavior, "ladder"));
  }

  public <T extends Lattice<T>, O> void update(
      LadderFamily<T, O> family,
      String key,
      O operation,
      CausalToken after,
      ActorRef<LadderOutcome> replyTo) {
    actor.tell(
        new ToLadder.Update<>(
            family, key, operation, after, Optional.empty(), LadderUpdates.TRIES_MAX, replyTo));
  }

  public <T extends Lattice<T>> void read(
      LadderFamily<T, ?> family, String key, CausalToken after, ActorRef<LadderRead<T>> replyTo) {
    actor.tell(new ToLadder.Read<>(family, key, after, Optional.empty(), replyTo));
  }

  public void move(String key, ConsistencyMode to, ActorRef<LadderOutcome> replyTo) {
    actor.tell(new ToLadder.MoveTo(key, to, replyTo));
  }

  public void giveBack(
      LadderFamily<?, ?> family, String key, long amount, ActorRef<LadderOutcome> replyTo) {
    actor.tell(new ToLadder.GiveBack(family, key, amount, replyTo));
  }
}
