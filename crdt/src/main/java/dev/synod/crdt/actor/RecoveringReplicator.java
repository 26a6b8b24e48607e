package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.actor.Replicator.Call;
import dev.synod.crdt.actor.Replicator.Subscribe;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Inheritance;
import dev.synod.crdt.rules.Recovery;
import dev.synod.crdt.store.ReplicaStore;
import dev.synod.crdt.wire.RecordCodec;
import dev.synod.log.LogException;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;

/**
 * A replicator until it has read what it kept: calls wait, and other nodes and the node's other
 * shards are not heard; they ask again.
 */
final class RecoveringReplicator {

  private final ActorContext<ToReplicator> context;
  private final StashBuffer<ToReplicator> waiting;
  private final ReplicatorSetup setup;
  private final ReplicaStore store;
  private final StoreSettings settings;

  RecoveringReplicator(
      ActorContext<ToReplicator> context,
      StashBuffer<ToReplicator> waiting,
      ReplicatorSetup setup,
      ReplicaStore store,
      StoreSettings settings) {
    this.context = context;
    this.waiting = waiting;
    this.setup = setup;
    this.store = store;
    this.settings = settings;
  }

  Behavior<ToReplicator> start() {
    ReplicaStore.Start start;
    try {
      store.listener(new Telling(context.getSelf()));
      start = store.start(this::id);
      require(start.self());
    } catch (LogException | IllegalArgumentException e) {
      store.close();
      return onFailed(new StoreTold.Failed(String.valueOf(e.getMessage())));
    }
    var limits = setup.settings().limits();
    var nothing =
        start
            .self()
            .map(self -> Recovery.of(self, setup.families(), limits))
            .orElseGet(() -> Recovery.registered(setup.families(), limits));
    store.recover(new Reading(nothing.of(setup.shard()), context.getSelf()));
    return Behaviors.receive(ToReplicator.class)
        .onMessage(StoreTold.Recovered.class, recovered -> go(start, recovered))
        .onMessage(StoreTold.Damaged.class, this::onDamaged)
        .onMessage(StoreTold.Failed.class, this::onFailed)
        .onMessage(StoreTold.class, durable -> Behaviors.same())
        .onMessage(PeerMessage.class, early -> Behaviors.same())
        .onMessage(Siblings.Await.class, early -> Behaviors.same())
        .onMessage(ToReplicator.class, this::later)
        .onSignal(PostStop.class, stopped -> close())
        .build();
  }

  /** Nothing if a registry gives it later. */
  private Optional<ReplicaId> id() {
    return setup.registry().isPresent() ? Optional.empty() : Optional.of(setup.ids().get());
  }

  private void require(Optional<ReplicaId> self) {
    if (self.isPresent() && setup.registry().isPresent()) {
      throw new IllegalArgumentException(
          "the store is that of %s, which was started without a registry; start it so, or with"
                  .formatted(self.get())
              + " another store");
    } else if (self.isEmpty() && setup.registry().isEmpty()) {
      throw new IllegalArgumentException(
          "the store is that of a replica with a registry; start it with that, or with another"
              + " store");
    }
  }

  private Behavior<ToReplicator> go(ReplicaStore.Start start, StoreTold.Recovered recovered) {
    long numbers = Beginning.numbersOf(start.number());
    var recovery = recovered.recovery();
    var keeping =
        new DurableKeeping(
            store,
            settings,
            recovered.snapshotBytes(),
            recovered.bytesBehind(),
            recovery.inheritance());
    return waiting.unstashAll(
        Behaviors.intercept(
            () -> new KeepingWatch(keeping),
            recovery.isNobody()
                ? Enrolling.behavior(setup, keeping, numbers, standing -> Inheritance.NONE)
                : goOn(start.number(), recovery, keeping)));
  }

  private Behavior<ToReplicator> goOn(long start, Recovery recovery, Keeping keeping) {
    long numbers = Beginning.numbersOf(start);
    var replication = recovery.replication(numbers);
    context
        .getLog()
        .info(
            "{} starts for the {}. time, with {} keys and {} changes of its own",
            recovery.self(),
            start,
            replication.keyCount(),
            replication.lastChange());
    var beginning =
        new Beginning(recovery.self(), numbers, replication, keeping, recovery.inheritance());
    return Behaviors.withTimers(
        timers -> new ReplicatorActor(context, timers, setup, beginning).start());
  }

  private Behavior<ToReplicator> later(ToReplicator message) {
    if (!waiting.isFull()) {
      waiting.stash(message);
    } else if (message instanceof Call call) {
      call.refuse("busy: the values are still being read, and too many calls wait for that");
    } else if (message instanceof Subscribe<?> subscription) {
      refuse(subscription);
    }
    return Behaviors.same();
  }

  private static <T extends Lattice<T>> void refuse(Subscribe<T> subscription) {
    subscription.subscriber().tell(new Replicator.Ended<>("busy: the values are still being read"));
  }

  private Behavior<ToReplicator> onDamaged(StoreTold.Damaged damaged) {
    context.getLog().warn("Damaged, and not needed: {}", damaged.what());
    return Behaviors.same();
  }

  private Behavior<ToReplicator> onFailed(StoreTold.Failed failed) {
    context
        .getLog()
        .error(
            "The values that were kept can't be read: {}. If that can't be mended, remove the"
                + " store: the node then begins as a new replica, with what the others have",
            failed.why());
    return Behaviors.stopped();
  }

  private Behavior<ToReplicator> close() {
    store.close();
    return Behaviors.same();
  }

  /** Hands over what the store says. */
  private record Telling(ActorRef<ToReplicator> replicator) implements ReplicaStore.Listener {

    @Override
    public void durable(long ticket) {
      replicator.tell(new StoreTold.Durable(ticket));
    }

    @Override
    public void snapshotWritten(long bytes) {
      replicator.tell(new StoreTold.SnapshotWritten(bytes));
    }

    @Override
    public void failed(String why) {
      replicator.tell(new StoreTold.Failed(why));
    }
  }

  /** Puts the replica together, on the store's threads. */
  private static final class Reading implements ReplicaStore.Reader {

    private final ActorRef<ToReplicator> replicator;
    private Recovery recovery;

    Reading(Recovery nothing, ActorRef<ToReplicator> replicator) {
      this.recovery = nothing;
      this.replicator = replicator;
    }

    @Override
    public void record(Bytes kept) {
      try {
        recovery = recovery.with(RecordCodec.decode(kept));
      } catch (IllegalArgumentException e) {
        throw e;
      } catch (RuntimeException e) { // of a codec of the application's
        throw new IllegalArgumentException(String.valueOf(e), e);
      }
    }

    @Override
    public void damaged(String what) {
      replicator.tell(new StoreTold.Damaged(what));
    }

    @Override
    public void end(long snapshotBytes, long bytesBehind) {
      replicator.tell(new StoreTold.Recovered(recovery, snapshotBytes, bytesBehind));
    }

    @Override
    public void failed(String why) {
      replicator.tell(new StoreTold.Failed(why));
    }
  }
}
