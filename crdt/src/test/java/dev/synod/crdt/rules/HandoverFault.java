package dev.synod.crdt.rules;

import static dev.synod.crdt.rules.ReplicationTest.SETS;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.clock.Dot;
import java.util.ArrayList;
import java.util.List;

/** A mistake that somebody could make in what an evicted replica hands over. */
enum HandoverFault {
  NONE {
    @Override
    List<Inherited<?>> changesAfter(Replication replica, long known) {
      return replica.changesAfter(known);
    }
  },
  TELLS_ALIVE_WHAT_MEMBERS_HAD {
    @Override
    List<Inherited<?>> changesAfter(Replication replica, long known) {
      return replica.changesAfter(0);
    }
  },
  FORGETS_EARLIER_CHANGES {
    @Override
    List<Inherited<?>> changesAfter(Replication replica, long known) {
      var log = replica.outgoing().log().with(Earlier.behind(0));
      return log.changesAfter(known, replica.keys());
    }
  },
  TELLS_AS_GONE_WHAT_IT_DID_NOT_END {
    @Override
    List<Inherited<?>> changesAfter(Replication replica, long known) {
      var changes = new ArrayList<Inherited<?>>();
      for (var change : replica.changesAfter(known)) {
        boolean isOfSet = change.delta() instanceof AddWinsSet<?>;
        changes.add(
            isOfSet ? withAllGone((AddWinsSet<?>) change.delta(), change, replica) : change);
      }
      return changes;
    }

    private static Inherited<?> withAllGone(
        AddWinsSet<?> delta, Inherited<?> change, Replication replica) {
      var dots = new ArrayList<Dot>();
      delta.state().store().forEach((Dot dot) -> dots.add(dot));
      var gone = replica.value(SETS, change.key()).ending(dots);
      return new Inherited<>(SETS, change.key(), gone);
    }
  };

  /** What the next replica is to make anew. */
  abstract List<Inherited<?>> changesAfter(Replication replica, long known);
}
