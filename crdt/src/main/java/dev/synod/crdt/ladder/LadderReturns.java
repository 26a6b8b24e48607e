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
    var route = node.map(it -> it.update(giveBack.key()));
    boolean isBounded =
        route.equals(Optional.of(new Route.Here(ConsistencyMode.BOUNDED))) && giveBack.amount() > 0;
    if (!isBounded) {
      giveBack
          .replyTo()
          .tell(
              new LadderOutcome.Rejected(
                  Reason.NOT_ALLOWED, "rights above 0 are given back while BOUNDED"));
      return;
    }
    giveUp(giveBack, node.orElseThrow().replica(), giveBack.family().values());
  }

  private <T extends Lattice<T>> void giveUp(GiveBack giveBack, ReplicaId by, Family<T> values) {
    context.pipeToSelf(
        data.update(
            by,
            values,
            giveBack.key(),
            (value, self) -> {
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
                    ? Optional.of(new LadderOutcome.Rejected(Reason.NO_RIGHTS, refused.reason()))
                    : Optional.ofNullable(failure).map(LadderReturns::failed)));
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
            (isHeard, failure) ->
                replyTo.tell(
                    failure == null && isHeard
                        ? new LadderOutcome.Done(ConsistencyMode.BOUNDED, CausalToken.NONE)
                        : new LadderOutcome.Unknown(
                            "this node has them no more, and tells the group again")));
  }
}
