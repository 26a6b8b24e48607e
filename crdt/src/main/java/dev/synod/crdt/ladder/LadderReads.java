package dev.synod.crdt.ladder;

import dev.synod.actors.GroupRef;
import dev.synod.core.Outcome;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ToLadder.Read;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Seen;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.rules.LadderNode;
import dev.synod.crdt.ladder.rules.Route;
import dev.synod.crdt.lattice.Lattice;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/** Reads, by this node's replica or by the group. */
final class LadderReads {

  private static final Route EVENTUAL = new Route.Here(ConsistencyMode.EVENTUAL);

  private final ActorContext<ToLadder> context;
  private final LadderSettings settings;
  private final LadderReplica data;
  private final GroupRef<LadderCommand, LadderReply> group;

  LadderReads(
      ActorContext<ToLadder> context,
      LadderSettings settings,
      LadderReplica data,
      GroupRef<LadderCommand, LadderReply> group) {
    this.context = context;
    this.settings = settings;
    this.data = data;
    this.group = group;
  }

  <T extends Lattice<T>> void read(Read<T> read, Optional<LadderNode> node) {
    var route =
        node.map(it -> it.read(read.key()))
            .orElse(new Route.Nowhere(Reason.STARTING, "this node is starting"));
    if (route instanceof Route.Nowhere nowhere) {
      read.replyTo().tell(new LadderRead.Refused<>(nowhere.reason(), nowhere.text()));
    } else if (route instanceof Route.Here here) {
      here(read, here, node.orElseThrow().replica());
    } else {
      group
          .query(new Look(read.key()), dev.synod.core.Read.linearizable())
          .thenApply(outcome -> seen(read, outcome))
          .exceptionally(LadderReads::unreadable)
          .thenAccept(read.replyTo()::tell);
    }
  }

  private static <T extends Lattice<T>> LadderRead<T> seen(
      Read<T> read, Outcome<LadderReply> outcome) {
    if (!(outcome instanceof Outcome.Ok<LadderReply> ok && ok.reply() instanceof Seen seen)) {
      return new LadderRead.Refused<>(Reason.UNAVAILABLE, outcome.toString());
    } else if (!seen.rung().isIn(ConsistencyMode.LINEARIZABLE)) {
      return new LadderRead.Refused<>(
          Reason.MOVING,
          "it is between %s and %s".formatted(seen.rung().before(), seen.rung().mode()));
    }
    return new LadderRead.Found<>(
        read.family().values().codec().decode(seen.value()),
        ConsistencyMode.LINEARIZABLE,
        read.after().merge(seen.token()));
  }

  private static <T extends Lattice<T>> LadderRead<T> unreadable(Throwable failure) {
    return new LadderRead.Refused<>(
        Reason.UNAVAILABLE,
        "the group's value can't be read here; are all nodes' families the same? " + failure);
  }

  /** What the token names is waited for first; the entity may have moved by then. */
  private <T extends Lattice<T>> void here(Read<T> read, Route.Here here, ReplicaId by) {
    boolean isDue = read.hasArrived(by) || isDue(here, read.after());
    var values = read.family().values();
    var found =
        isDue
            ? data.get(by, values, read.key())
            : data.await(values, read.key(), read.after(), settings.afterTimeout());
    var self = context.getSelf();
    found.whenComplete(
        (outcome, failure) -> {
          if (outcome instanceof ReadOutcome.Found<T> it && isDue) {
            var token = read.after().merge(it.token());
            read.replyTo().tell(new LadderRead.Found<>(it.value(), here.mode(), token));
          } else if (outcome instanceof ReadOutcome.Found<T>) {
            self.tell(read.arrived(by));
          } else {
            var reason = reason(failure, isDue);
            read.replyTo().tell(new LadderRead.Refused<>(reason, text(outcome, failure)));
          }
        });
  }

  /** A replica that waits for nothing and refuses has too much to do. */
  private static Reason reason(@Nullable Throwable failure, boolean isDue) {
    if (LadderReplica.isOther(failure)) {
      return Reason.STARTING;
    }
    return failure == null && !isDue ? Reason.BEHIND : Reason.UNAVAILABLE;
  }

  /** Whether nothing is waited for. */
  static boolean isDue(Route route, CausalToken after) {
    return route.equals(EVENTUAL) || after.isEmpty();
  }

  private static String text(ReadOutcome<?> outcome, Throwable failure) {
    return outcome instanceof ReadOutcome.Refused<?> refused
        ? refused.reason()
        : String.valueOf(failure);
  }
}
