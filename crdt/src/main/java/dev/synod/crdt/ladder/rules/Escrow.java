package dev.synod.crdt.ladder.rules;

import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.Transfer;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.protocol.LadderCommand.Grant;
import java.util.Optional;
import java.util.Set;

/**
 * Rights to subtract that a group has in escrow (O'Neil 1986; Balegas et al. 2015, §3.2). Rights
 * travel with the whole counter, never alone: who knew of rights and not of the additions that they
 * came from would see a value below the minimum once they are used.
 */
public final class Escrow {

  private Escrow() {}

  /**
   * The counter, with all rights of replicas that have stopped in the group's hands. Only a replica
   * itself gives away what it has, or two would spend it: so it must have handed in its value, and
   * must take the group's before it goes on.
   */
  public static BoundedCounter taken(
      BoundedCounter counter, Set<ReplicaId> stopped, ReplicaId group) {
    var then = counter;
    for (var replica : stopped) {
      long rights = then.rightsOf(replica);
      if (rights > 0) {
        then = then.merge(then.transfer(replica, group, rights).orElse(then));
      }
    }
    return then;
  }

  /** How many rights ever went from the group to that replica. */
  public static long given(BoundedCounter counter, ReplicaId group, ReplicaId to) {
    return counter.rights().getOrDefault(new Transfer(group, to), 0L);
  }

  /** What a replica asks for that has to subtract so much. */
  public static Grant question(
      String key, BoundedCounter counter, ReplicaId self, ReplicaId group, long amount) {
    return new Grant(
        key,
        self,
        given(counter, group, self),
        Math.max(1, Math.subtractExact(amount, counter.rightsOf(self))));
  }

  /**
   * The counter after rights were given: what is needed, and half of an even share of the rest, so
   * that the next ones need not be asked for. The same counter if they were given already. None if
   * the group has not so many.
   *
   * @param members among how many nodes the rest is shared
   */
  public static Optional<BoundedCounter> granted(
      BoundedCounter counter, ReplicaId group, Grant grant, int members) {
    if (given(counter, group, grant.to()) > grant.known()) {
      return Optional.of(counter);
    }
    long rest = counter.rightsOf(group) - grant.needed();
    return rest < 0
        ? Optional.empty()
        : counter
            .transfer(group, grant.to(), grant.needed() + rest / (2L * Math.max(1, members)))
            .map(counter::merge);
  }
}
