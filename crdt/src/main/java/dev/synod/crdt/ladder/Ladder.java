package dev.synod.crdt.ladder;

import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.client.Asking;
import dev.synod.core.Outcome;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderSnapshot;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.rules.LadderFamilies;
import dev.synod.crdt.lattice.Lattice;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/**
 * Entities that can be eventual, causal, bounded or linearizable, and may be moved from one {@link
 * ConsistencyMode} to another while they are used.
 *
 * <pre>{@code
 * var data = ReplicatedValues.start(system, "shop", addresses, List.of(likes.values()));
 * var group = Consensus.get(system)
 *     .start(Ladder.group("shop-ladder", List.of(likes)).using(Raft.protocol()).on(members));
 * var ladder = Ladder.start(system, "shop", data, group, List.of(likes));
 * ladder.entity(likes, "like/7").update(new Like(1));
 * }</pre>
 *
 * <p>Values of its families are changed by the ladder alone: what is changed by {@link
 * ReplicatedValues} beside it may be missing from what the group serves. The group must be kept on
 * disk, since it must never change two values under one dot; so must its members outlive entities
 * that are linearizable.
 *
 * <p>A node that starts has to reach the group once before it serves anything. Safe for use by many
 * threads.
 */
public final class Ladder {

  private static final String ACTOR = "synod-ladder-";

  private final ActorSystem<?> system;
  private final LadderSettings settings;
  private final LadderFamilies families;
  private final GroupRef<LadderCommand, LadderReply> group;
  private final ActorRef<ToLadder> actor;

  private Ladder(
      ActorSystem<?> system,
      LadderSettings settings,
      LadderFamilies families,
      GroupRef<LadderCommand, LadderReply> group,
      ActorRef<ToLadder> actor) {
    this.system = system;
    this.settings = settings;
    this.families = families;
    this.group = group;
    this.actor = actor;
  }

  /**
   * Begins the description of a ladder's group.
   *
   * @param families the same at all nodes
   */
  public static Group.Named<LadderCommand, LadderReply, LadderSnapshot> group(
      String name, List<LadderFamily<?, ?>> families) {
    var all = List.copyOf(families);
    return Group.of(name, () -> new LadderMachine(all));
  }

  /**
   * Starts following the group on this node; comes back at once.
   *
   * @param name of this ladder; letters, digits and hyphens
   * @param data this node's replica, started with {@link LadderFamily#values} of all families; on
   *     disk, or with a registry, if that is wanted
   * @param group that {@link #group} describes
   * @param families the same at all nodes
   * @throws IllegalArgumentException if a setting is wrong, or the data was started with other
   *     families; the text says what to do
   */
  public static Ladder start(
      ActorSystem<?> system,
      String name,
      ReplicatedValues data,
      GroupRef<LadderCommand, LadderReply> group,
      List<LadderFamily<?, ?>> families) {
    if (data.shards() > 1) {
      throw new IllegalArgumentException(
          "a ladder can't be on data in %d shards: leave synod.crdt.shards at 1"
              .formatted(data.shards()));
    }
    var settings = LadderSettings.of(system);
    var all = new LadderFamilies(families);
    data.families()
        .flatMap(all::objectionTo)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    var node = system.address().toString();
    var behavior = LadderActor.behavior(node, settings, all, data, data.isRegistered(), group);
    return new Ladder(
        system, settings, all, group, system.systemActorOf(behavior, ACTOR + name, Props.empty()));
  }

  /**
   * Done once the group has welcomed this node, so that it serves entities; before, operations are
   * rejected.
   *
   * @return fails if that takes longer than {@code synod.crdt.ladder.answer-timeout}
   */
  public CompletionStage<Done> started() {
    return Asking.ask(system, actor, ToLadder.AwaitStart::new, settings.answerTimeout());
  }

  /**
   * An entity; nothing is done yet.
   *
   * @throws IllegalArgumentException if the key is not of that family, or the family is none of
   *     this ladder's
   */
  public <T extends Lattice<T>, O> LadderEntity<T, O> entity(
      LadderFamily<T, O> family, String key) {
    if (!families.of(key).equals(Optional.of(family))) {
      throw new IllegalArgumentException(
          "the key \"%s\" is not of the family \"%s\"".formatted(key, family.values().prefix()));
    }
    return new LadderEntity<>(this, family, key);
  }

  /**
   * No move waits for that node any more: it is gone for good. If it is not, it goes on in the
   * modes that it knows until it hears of this, and is a member again then; what it has done
   * meanwhile is merged late. Where a registry gives ids, it is to be evicted there, too.
   *
   * @param node the address of its actor system
   */
  public CompletionStage<Outcome<LadderReply>> evict(String node) {
    return group.propose(new LadderCommand.Evict(node));
  }

  <T extends Lattice<T>, O> CompletionStage<LadderOutcome> update(
      LadderFamily<T, O> family, String key, O operation, CausalToken after) {
    return ask(
        replyTo ->
            new ToLadder.Update<>(
                family, key, operation, after, Optional.empty(), LadderUpdates.TRIES_MAX, replyTo));
  }

  <T extends Lattice<T>> CompletionStage<LadderRead<T>> read(
      LadderFamily<T, ?> family, String key, CausalToken after) {
    CompletionStage<LadderRead<T>> read =
        Asking.ask(
            system,
            actor,
            replyTo -> new ToLadder.Read<>(family, key, after, Optional.empty(), replyTo),
            settings.answerTimeout());
    return read.exceptionally(
        late -> new LadderRead.Refused<>(Reason.UNAVAILABLE, String.valueOf(late.getMessage())));
  }

  CompletionStage<LadderOutcome> move(String key, ConsistencyMode to) {
    return ask(replyTo -> new ToLadder.MoveTo(key, to, replyTo));
  }

  CompletionStage<LadderOutcome> giveBack(LadderFamily<?, ?> family, String key, long amount) {
    return ask(replyTo -> new ToLadder.GiveBack(family, key, amount, replyTo));
  }

  CompletionStage<LadderStatus> status(String key) {
    return Asking.ask(
        system, actor, replyTo -> new ToLadder.GetStatus(key, replyTo), settings.answerTimeout());
  }

  private CompletionStage<LadderOutcome> ask(Function<ActorRef<LadderOutcome>, ToLadder> question) {
    CompletionStage<LadderOutcome> outcome =
        Asking.ask(system, actor, question, settings.answerTimeout());
    return outcome.exceptionally(
        late -> new LadderOutcome.Unknown(String.valueOf(late.getMessage())));
  }
}
