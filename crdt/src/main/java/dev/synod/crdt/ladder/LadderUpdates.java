package dev.synod.crdt.ladder;

import dev.synod.actors.GroupRef;
import dev.synod.actors.wire.StateSerializers;
import dev.synod.core.Outcome;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ToLadder.Update;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Operate;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Granted;
import dev.synod.crdt.ladder.protocol.LadderReply.Operated;
import dev.synod.crdt.ladder.protocol.LadderReply.Refused;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.rules.Escrow;
import dev.synod.crdt.ladder.rules.LadderNode;
import dev.synod.crdt.ladder.rules.LadderState;
import dev.synod.crdt.ladder.rules.Route;
import dev.synod.crdt.lattice.Lattice;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.serialization.SerializationExtension;

/** Operations, done by this node's replica or by the group. */
final class LadderUpdates {

  /** Others of this node may take the rights that were asked for, but not for ever. */
  static final int TRIES_MAX = 4;

  private final ActorContext<ToLadder> context;
  private final LadderSettings settings;
  private final LadderReplica data;
  private final GroupRef<LadderCommand, LadderReply> group;
  private final StateSerializers serializers;

  LadderUpdates(
      ActorContext<ToLadder> context,
      LadderSettings settings,
      LadderReplica data,
      GroupRef<LadderCommand, LadderReply> group) {
    this.context = context;
    this.settings = settings;
    this.data = data;
    this.group = group;
    this.serializers = new StateSerializers(SerializationExtension.get(context.getSystem()));
  }

  <T extends Lattice<T>, O> void update(Update<T, O> update, LadderNode node) {
    var objection = serializers.objectionTo(update.operation());
    var route = node.update(update.key());
    if (objection.isPresent()) {
      reject(update, Reason.NOT_ALLOWED, objection.get());
    } else if (route instanceof Route.Nowhere nowhere) {
      reject(update, nowhere.reason(), nowhere.text());
    } else if (!update.hasArrived(node.replica()) && !LadderReads.isDue(route, update.after())) {
      await(update, node.replica());
    } else if (route instanceof Route.Here here) {
      attempt(update, here.mode(), node);
    } else {
      group
          .propose(new Operate(update.key(), update.operation(), update.after()))
          .thenApply(outcome -> operated(update, outcome))
          .exceptionally(failure -> new LadderOutcome.Unknown(failure.toString()))
          .thenAccept(update.replyTo()::tell);
    }
  }

  private static void reject(Update<?, ?> update, Reason reason, String text) {
    update.replyTo().tell(new LadderOutcome.Rejected(reason, text));
  }

  private static LadderOutcome operated(Update<?, ?> update, Outcome<LadderReply> outcome) {
    if (outcome instanceof Outcome.Ok<LadderReply> ok) {
      if (ok.reply() instanceof Operated operated) {
        return new LadderOutcome.Done(
            ConsistencyMode.LINEARIZABLE, update.after().merge(operated.token()));
      } else if (ok.reply() instanceof Refused refused) {
        return new LadderOutcome.Rejected(refused.reason(), refused.text());
      }
    }
    return LadderMoves.failed(outcome);
  }

  /**
   * Waits for what the token names by a read: an update that waited there might be done after the
   * value was handed in for a fence. The group's operations wait, too, since who comes after them
   * waits for the same: this node has it, and tells it others.
   */
  private <T extends Lattice<T>, O> void await(Update<T, O> update, ReplicaId by) {
    var self = context.getSelf();
    data.await(update.family().values(), update.key(), update.after(), settings.afterTimeout())
        .whenComplete(
            (outcome, failure) -> {
              if (outcome instanceof ReadOutcome.Found<T>) {
                self.tell(update.arrived(by));
              } else if (outcome instanceof ReadOutcome.Refused<T> refused) {
                reject(update, Reason.BEHIND, refused.reason());
              } else {
                reject(update, Reason.UNAVAILABLE, String.valueOf(failure));
              }
            });
  }

  /** At once: the replica does it before it reads the value for any fence that is heard later. */
  private <T extends Lattice<T>, O> void attempt(
      Update<T, O> update, ConsistencyMode mode, LadderNode node) {
    var attempt = new Attempt<>(update.family(), update.operation());
    data.update(node.replica(), update.family().values(), update.key(), attempt)
        .whenComplete(
            (outcome, failure) -> {
              if (outcome instanceof UpdateOutcome.Written written) {
                var token = update.after().merge(written.token());
                update.replyTo().tell(new LadderOutcome.Done(mode, token));
              } else if (outcome instanceof UpdateOutcome.Refused refused) {
                refused(update, mode, node, attempt, refused.reason());
              } else if (LadderReplica.isOther(failure)) {
                reject(update, Reason.STARTING, String.valueOf(failure.getMessage()));
              } else {
                update.replyTo().tell(new LadderOutcome.Unknown(String.valueOf(failure)));
              }
            });
  }

  private <T extends Lattice<T>, O> void refused(
      Update<T, O> update,
      ConsistencyMode mode,
      LadderNode node,
      Attempt<T, O> attempt,
      String reason) {
    if (!attempt.isTried()) {
      reject(update, Reason.UNAVAILABLE, reason); // such as too much that waits for the disk
      return;
    }
    if (!(attempt.refusing().orElse(null) instanceof BoundedCounter counter)
        || attempt.needs() < 1) {
      reject(update, Reason.NOT_ALLOWED, reason);
      return;
    }
    long here = counter.rightsOf(node.replica());
    var known =
        "this node has the rights to %d of the %d above the minimum that it knows of"
            .formatted(here, counter.value() - counter.minimum());
    if (mode == ConsistencyMode.BOUNDED && update.triesLeft() > 0) {
      ask(
          update,
          node.replica(),
          known,
          Escrow.question(
              update.key(), counter, node.replica(), LadderState.GROUP, attempt.needs()));
    } else {
      reject(update, Reason.NO_RIGHTS, known);
    }
  }

  /** Nothing is done before the group's answer is merged here, so nothing is unknown either. */
  private <T extends Lattice<T>, O> void ask(
      Update<T, O> update, ReplicaId by, String known, LadderCommand question) {
    group
        .propose(question)
        .whenComplete(
            (outcome, failure) -> {
              if (outcome instanceof Outcome.Ok<LadderReply> ok
                  && ok.reply() instanceof Granted granted) {
                merge(update, by, known, granted);
              } else if (outcome instanceof Outcome.Ok<LadderReply> ok
                  && ok.reply() instanceof Refused refused) {
                reject(update, refused.reason(), known + "; " + refused.text());
              } else {
                reject(update, Reason.UNAVAILABLE, known + "; the group did not answer");
              }
            });
  }

  /** If that fails, the same rights are granted to whoever asks next. */
  private <T extends Lattice<T>, O> void merge(
      Update<T, O> update, ReplicaId by, String known, Granted granted) {
    var self = context.getSelf();
    LadderTasks.merge(data, by, update.family(), update.key(), granted.value())
        .whenComplete(
            (why, failure) -> {
              if (LadderReplica.isOther(failure)) {
                reject(update, Reason.STARTING, String.valueOf(failure.getMessage()));
              } else if (failure != null || why.isPresent()) {
                var text = failure == null ? why.orElseThrow() : failure.toString();
                reject(
                    update,
                    Reason.UNAVAILABLE,
                    known + "; what the group granted is not merged here: " + text);
              } else {
                self.tell(update.granted());
              }
            });
  }
}
