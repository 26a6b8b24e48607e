package dev.synod.actors.transfer;

import dev.synod.actors.Peers;
import dev.synod.actors.message.ReplicaMessage.SnapshotReceived;
import dev.synod.actors.transfer.ReceiverTask.Begun;
import dev.synod.actors.transfer.ReceiverTask.Dropped;
import dev.synod.actors.transfer.ReceiverTask.Failed;
import dev.synod.actors.transfer.ReceiverTask.Finished;
import dev.synod.actors.transfer.ReceiverTask.Tick;
import dev.synod.actors.transfer.ReceiverTask.Wrote;
import dev.synod.actors.transfer.SnapshotMessage.Ack;
import dev.synod.actors.transfer.SnapshotMessage.Again;
import dev.synod.actors.transfer.SnapshotMessage.Chunk;
import dev.synod.actors.transfer.SnapshotMessage.Delivered;
import dev.synod.actors.transfer.SnapshotMessage.Hosted;
import dev.synod.actors.transfer.SnapshotMessage.NotHosted;
import dev.synod.actors.transfer.SnapshotMessage.Offer;
import dev.synod.actors.transfer.SnapshotMessage.Ready;
import dev.synod.actors.transfer.SnapshotMessage.Refused;
import dev.synod.actors.transfer.SnapshotMessage.Reply;
import dev.synod.core.GroupId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Receives the snapshots for all replicas of a node, a bounded number at a time, one for each
 * group. Chunks are written as they come; once all are there, the whole is checked and made
 * durable, and only then do the replica and the sender hear of it.
 */
public final class SnapshotReceiver extends AbstractBehavior<SnapshotMessage> {

  /** Its name below the node's actor: part of an address that other nodes know. */
  public static final String NAME = "snapshots";

  private final Peers peers;
  private final Executor blocking;
  private final TransferSettings settings;
  private final TimerScheduler<SnapshotMessage> timers;
  private final Map<GroupId, Hosted> hosted = new TreeMap<>();
  private final Map<GroupId, IncomingSnapshot> byGroup = new TreeMap<>();
  private final Map<Long, IncomingSnapshot> byTransfer = new HashMap<>();
  private final Map<GroupId, Offer> delivered = new TreeMap<>();
  private long lastTransfer;

  private SnapshotReceiver(
      ActorContext<SnapshotMessage> context,
      TimerScheduler<SnapshotMessage> timers,
      Peers peers,
      Executor blocking,
      TransferSettings settings,
      long firstTransfer) {
    super(context);
    this.timers = timers;
    this.peers = peers;
    this.blocking = blocking;
    this.settings = settings;
    this.lastTransfer = firstTransfer;
  }

  /**
   * The receiver of a node.
   *
   * @param firstTransfer transfers are numbered from there: random, so that a chunk for one of an
   *     earlier process is not taken for one of this
   */
  public static Behavior<SnapshotMessage> create(
      Peers peers, Executor blocking, TransferSettings settings, long firstTransfer) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new SnapshotReceiver(
                        context, timers, peers, blocking, settings, firstTransfer)));
  }

  @Override
  public Receive<SnapshotMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Chunk.class, this::onChunk)
        .onMessage(Wrote.class, this::onWrote)
        .onMessage(Offer.class, this::onOffer)
        .onMessage(Begun.class, this::onBegun)
        .onMessage(Finished.class, this::onFinished)
        .onMessage(Failed.class, this::onFailed)
        .onMessage(Dropped.class, this::onDropped)
        .onMessage(Hosted.class, this::onHosted)
        .onMessage(NotHosted.class, this::onNotHosted)
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .build();
  }

  private Behavior<SnapshotMessage> onHosted(Hosted hosting) {
    hosted.put(hosting.group(), hosting);
    return this;
  }

  private Behavior<SnapshotMessage> onNotHosted(NotHosted gone) {
    hosted.remove(gone.group());
    delivered.remove(gone.group());
    incoming(gone.group()).ifPresent(IncomingSnapshot::giveUp);
    return this;
  }

  private Behavior<SnapshotMessage> onOffer(Offer offer) {
    var host = hosted.get(offer.group());
    var current = incoming(offer.group());
    if (host == null) {
      reply(offer, new Refused("group " + offer.group() + " has no replica here", true));
    } else if (host.incarnation() != offer.incarnation()) {
      reply(offer, new Refused("group " + offer.group() + " was founded otherwise here", false));
    } else if (offer.stateless() && host.full()) {
      reply(offer, new Refused("this one is a full replica, and needs the state as well", false));
    } else if (wasDelivered(offer)) {
      tellDelivered(offer, host);
    } else if (current.isPresent()) {
      offeredBeside(current.get(), offer);
    } else if (byGroup.size() >= settings.receivedAtOnceMax()) {
      reply(offer, new Refused("other snapshots are arriving", true));
    } else {
      begin(offer, host);
    }
    return this;
  }

  private void begin(Offer offer, Hosted host) {
    lastTransfer++;
    long transfer = lastTransfer;
    var incoming =
        new IncomingSnapshot(
            transfer, offer, host, settings.chunksInFlightMax(), task -> elsewhere(transfer, task));
    byGroup.put(offer.group(), incoming);
    byTransfer.put(transfer, incoming);
    if (!timers.isTimerActive(Tick.INSTANCE)) {
      timers.startTimerWithFixedDelay(Tick.INSTANCE, settings.retryInterval());
    }
  }

  /**
   * Goes on with the snapshot that is on its way, or clears the way: for that of a later leader, or
   * for any if its own sender is gone.
   */
  private void offeredBeside(IncomingSnapshot current, Offer offer) {
    boolean isEarlier = offer.term().number() < current.offer().term().number();
    if (isEarlier && !current.isAbandoned()) {
      reply(offer, new Refused("a later leader sends a snapshot", false));
    } else if (current.isGivenUp() || !offer.isSameSnapshotAs(current.offer())) {
      current.giveUp();
      reply(offer, new Refused("an earlier transfer is being cleared away", true));
    } else {
      current.offeredAgain(offer);
      if (current.isBegun()) {
        ready(current);
      }
    }
  }

  private Behavior<SnapshotMessage> onBegun(Begun begun) {
    find(begun.transfer())
        .ifPresent(
            incoming -> {
              incoming.begun(begun.file());
              if (!incoming.isGivenUp()) {
                ready(incoming);
              }
            });
    return this;
  }

  private Behavior<SnapshotMessage> onChunk(Chunk chunk) {
    find(chunk.transfer())
        .filter(incoming -> incoming.isBegun() && !incoming.isGivenUp())
        .ifPresent(
            incoming -> {
              if (!incoming.take(chunk) && chunk.offset() >= incoming.accepted()) {
                reply(incoming.offer(), new Again(incoming.transfer(), incoming.accepted()));
              }
            });
    return this;
  }

  private Behavior<SnapshotMessage> onWrote(Wrote wrote) {
    find(wrote.transfer())
        .ifPresent(
            incoming -> {
              reply(incoming.offer(), new Ack(incoming.transfer(), wrote.offset()));
              incoming.wrote();
            });
    return this;
  }

  private Behavior<SnapshotMessage> onFinished(Finished finished) {
    find(finished.transfer())
        .ifPresent(
            incoming -> {
              forget(incoming);
              delivered.put(incoming.offer().group(), incoming.offer());
              tellDelivered(incoming.offer(), incoming.hosted());
            });
    return this;
  }

  private boolean wasDelivered(Offer offer) {
    var last = delivered.get(offer.group());
    return last != null && last.isSameSnapshotAs(offer);
  }

  private void tellDelivered(Offer offer, Hosted host) {
    host.replica()
        .tell(
            new SnapshotReceived(
                offer.from(),
                offer.term(),
                offer.position(),
                offer.configuration(),
                offer.bytes(),
                offer.stateless()));
    reply(offer, new Delivered());
  }

  private Behavior<SnapshotMessage> onFailed(Failed failed) {
    find(failed.transfer())
        .ifPresent(
            incoming -> {
              getContext()
                  .getLog()
                  .warn("{}: a snapshot is lost: {}", incoming.offer().group(), failed.reason());
              incoming.failed();
              reply(incoming.offer(), new Refused(failed.reason(), false));
            });
    return this;
  }

  private Behavior<SnapshotMessage> onDropped(Dropped dropped) {
    find(dropped.transfer()).ifPresent(this::forget);
    return this;
  }

  private Behavior<SnapshotMessage> onTick() {
    // The first silence may have begun just after the count before.
    long silencesMax = Math.max(1, settings.idleTimeout().dividedBy(settings.retryInterval()) - 1);
    for (IncomingSnapshot incoming : byGroup.values()) {
      if (incoming.countSilences() >= silencesMax && !incoming.isGivenUp()) {
        getContext()
            .getLog()
            .info("{}: the sender of a snapshot has fallen silent", incoming.offer().group());
        incoming.giveUp();
      }
    }
    return this;
  }

  private void forget(IncomingSnapshot incoming) {
    byGroup.remove(incoming.offer().group());
    byTransfer.remove(incoming.transfer());
    if (byGroup.isEmpty()) {
      timers.cancel(Tick.INSTANCE);
    }
  }

  private Optional<IncomingSnapshot> incoming(GroupId group) {
    return Optional.ofNullable(byGroup.get(group));
  }

  private Optional<IncomingSnapshot> find(long transfer) {
    return Optional.ofNullable(byTransfer.get(transfer));
  }

  private void ready(IncomingSnapshot incoming) {
    reply(
        incoming.offer(),
        new Ready(incoming.transfer(), incoming.accepted(), getContext().getSelf()));
  }

  private void reply(Offer offer, Reply reply) {
    peers.tell(offer.sender(), reply);
  }

  /** Does that on the blocking executor; this actor hears of its end, whatever it is. */
  private void elsewhere(long transfer, Callable<ReceiverTask> task) {
    var self = getContext().getSelf();
    try {
      blocking.execute(
          () -> {
            try {
              self.tell(task.call());
            } catch (Exception e) {
              self.tell(new Failed(transfer, "the snapshot can't be written there: " + e));
            }
          });
    } catch (RejectedExecutionException e) {
      self.tell(
          new Dropped(transfer)); // the node is stopping: what is on disk is overwritten next time
    }
  }
}
