package dev.synod.crdt.actor;

import dev.synod.crdt.actor.Replicator.Call;
import dev.synod.crdt.actor.Replicator.Get;
import dev.synod.crdt.actor.Replicator.Update;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Neighbours;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Step;
import java.util.Set;

/** Does what calls ask for, once nothing that they follow is missing. */
final class Serving {

  /** Whose values they are. */
  interface Replica {
    Replication replication();

    Neighbours neighbours();

    /** How many nodes have a replica. */
    int nodes();

    void take(Step step);

    /** Others are to be told of a change, soon. */
    void changed();
  }

  private final ReplicaId self;
  private final Calls calls;
  private final Keeping keeping;
  private final Replica replica;
  private long requests;

  /**
   * @param numbers requests are numbered from there on
   */
  Serving(ReplicaId self, Calls calls, Keeping keeping, long numbers, Replica replica) {
    this.self = self;
    this.calls = calls;
    this.keeping = keeping;
    this.requests = numbers;
    this.replica = replica;
  }

  /** The number of the last request. */
  long requests() {
    return requests;
  }

  void begin(Call call) {
    if (call instanceof Update<?> update) {
      update(update);
    } else if (call instanceof Get<?> get) {
      get(get);
    }
  }

  private <T extends Lattice<T>> void update(Update<T> update) {
    var consistency = update.consistency();
    Step step;
    try {
      step =
          replica
              .replication()
              .update(
                  update.family(),
                  update.key(),
                  consistency.after(),
                  value -> update.change().apply(value, self));
    } catch (RuntimeException e) {
      update.refuse("nothing was changed: " + e.getMessage());
      return;
    }
    replica.take(step);
    int others = consistency.neededOf(replica.nodes()) - 1;
    var replication = replica.replication();
    var token = replication.token(update.key(), consistency.after());
    if (others == 0) {
      keeping.leave(() -> update.replyTo().tell(new UpdateOutcome.Written(1, token)));
    } else {
      calls.write(replication.lastChange(), others, token, consistency.timeout(), update.replyTo());
    }
    replica.changed();
  }

  private <T extends Lattice<T>> void get(Get<T> get) {
    int others = get.consistency().neededOf(replica.nodes()) - 1;
    var replication = replica.replication();
    try {
      var value = replication.value(get.family(), get.key());
      if (others == 0) {
        var token = replication.token(get.key(), get.consistency().after());
        keeping.leave(() -> get.replyTo().tell(new ReadOutcome.Found<>(value, 1, token)));
        return;
      }
    } catch (IllegalArgumentException e) {
      get.refuse(String.valueOf(e.getMessage()));
      return;
    }
    calls.read(++requests, get, others);
    replica.take(
        replication.fetch(requests, get.key(), replica.neighbours().replicasBut(Set.of())));
  }
}
