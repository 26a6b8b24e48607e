package dev.synod.crdt.ladder;

import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ToLadder.GiveBack;
import dev.synod.crdt.ladder.ToLadder.GivenUp;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.rules.LadderNode;
import dev.synod.crdt.ladder.rules.LadderState;
import dev.synod.crdt.ladder.rules.Route;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Rights that are given back: first given up here, then the group is told until it has heard. */
final class LadderReturns {

  private final ActorContext<ToLadder> context;
  private final LadderReplica data;
  private final LadderTasks tasks;

  LadderReturns(ActorContext<ToLadder> context, LadderReplica data, LadderTasks tasks) {
    this.context = context;
    this.data = data;
    this.tasks = tasks;
  }

  void giveBack(GiveBack giveBack, Optional<LadderNode> node) {
    var route =
        node.map(it -> it.update(giveBack.key()))
            .orElse(new Route.Nowhere(Reason.STARTING, "this node is starting"));
    if (giveBack.amount() < 1) {
      reject(giveBack, Reason.NOT_ALLOWED, "%d rights can't be given".formatted(giveBack.amount()));
    } else if (route instanceof Route.Nowhere nowhere) {
      reject(giveBack, nowhere.reason(), nowhere.text());
    } else if (!route.equals(new Route.Here(ConsistencyMode.BOUNDED))) {
      reject(giveBack, Reason.NOT_ALLOWED, "rights are given back while BOUNDED");
    } else {
      giveUp(giveBack, node.orElseThrow().replica(), giveBack.family().values());
    }
  }

  private static void reject(GiveBack giveBack, Reason reason, String text) {
    giveBack.replyTo().tell(new LadderOutcome.Rejected(reason, text));
  }

  private <T extends Lattice<T>> void giveUp(GiveBack giveBack, ReplicaId by, Family<T> values) {
    var isTried = new AtomicBoolean();
    context.pipeToSelf(
        data.update(
            by,
            values,
            giveBack.key(),
            (value, self) -> {
              isTried.set(true);
              @SuppressWarnings("unchecked") // only a counter is BOUNDED
              T delta =
                  (T)
                      ((BoundedCounter) value)
                          .transfer(self, LadderState.GROUP, giveBack.amount())
                          .orElseThrow(() -> new IllegalStateException("it has not so many"));
              return delta;
            }),
        (outcome, failure) ->
            new GivenUp(
                giveBack,
                by,
                outcome instanceof UpdateOutcome.Refused refused
                    ? Optional.of(refused(refused, isTried.get()))
                    : Optional.ofNullable(failure).map(LadderReturns::failed)));
  }

  /** What the replica has not even tried it had no time for. */
  private static LadderOutcome refused(UpdateOutcome.Refused refused, boolean isTried) {
    return new LadderOutcome.Rejected(
        isTried ? Reason.NO_RIGHTS : Reason.UNAVAILABLE, refused.reason());
  }

  private static LadderOutcome failed(Throwable failure) {
    return LadderReplica.isOther(failure)
        ? new LadderOutcome.Rejected(Reason.STARTING, String.valueOf(failure.getMessage()))
        : new LadderOutcome.Unknown(failure.toString());
  }

  void givenUp(GivenUp givenUp) {
    var replyTo = givenUp.giveBack().replyTo();
    if (givenUp.failure().isPresent()) {
      replyTo.tell(givenUp.failure().get());
      return;
    }
    tasks
        .back(givenUp.giveBack().key(), givenUp.by())
        .whenComplete(
            (why, failure) ->
                replyTo.tell(
                    why.isEmpty()
                        ? new LadderOutcome.Done(ConsistencyMode.BOUNDED, CausalToken.NONE)
                        : new LadderOutcome.Unknown(
                            "this node has them no more, and tells the group again: "
                                + why.get())));
  }
}
