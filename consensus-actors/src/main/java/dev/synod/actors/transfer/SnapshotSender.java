package dev.synod.actors.transfer;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaMessage.SnapshotDelivered;
import dev.synod.actors.message.ReplicaMessage.SnapshotNotDelivered;
import dev.synod.actors.transfer.SenderMessage.Opened;
import dev.synod.actors.transfer.SenderMessage.Read;
import dev.synod.actors.transfer.SenderMessage.Tick;
import dev.synod.actors.transfer.SenderMessage.Unreadable;
import dev.synod.actors.transfer.SnapshotMessage.Ack;
import dev.synod.actors.transfer.SnapshotMessage.Again;
import dev.synod.actors.transfer.SnapshotMessage.Chunk;
import dev.synod.actors.transfer.SnapshotMessage.Delivered;
import dev.synod.actors.transfer.SnapshotMessage.Offer;
import dev.synod.actors.transfer.SnapshotMessage.Ready;
import dev.synod.actors.transfer.SnapshotMessage.Refused;
import dev.synod.actors.transfer.SnapshotMessage.Reply;
import dev.synod.actors.transfer.SnapshotSending.Delivery;
import dev.synod.actors.transfer.SnapshotSending.Ports;
import dev.synod.log.LogFailure;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Sends one snapshot to one follower's node, a few chunks ahead of what is acknowledged, then tells
 * its replica how it ended and stops. A child of the leader's replica, which may stop it at any
 * time.
 *
 * <p>One remedy for all losses: after a silence it offers again, and goes on at the byte that the
 * receiver names.
 */
public final class SnapshotSender extends AbstractBehavior<SenderMessage> {

  private final Ports ports;
  private final Delivery delivery;
  private final ActorRef<ReplicaMessage> replica;

  private @Nullable OutgoingSnapshot file;
  private long transfer;
  private @Nullable ActorRef<SnapshotMessage> receiver;
  private boolean reading;
  private long round;
  private long acked;
  private long next;
  private boolean moved;
  private int tries;

  private SnapshotSender(
      ActorContext<SenderMessage> context,
      Ports ports,
      Delivery delivery,
      ActorRef<ReplicaMessage> replica) {
    super(context);
    this.ports = ports;
    this.delivery = delivery;
    this.replica = replica;
    var log = context.getLog(); // which is not to be asked for on another thread
    elsewhere(() -> new Opened(open(ports, delivery.stateless(), log)));
  }

  private static OutgoingSnapshot open(Ports ports, boolean stateless, Logger log) {
    Consumer<LogFailure> damage = found -> log.error("{}", found.message());
    return stateless
        ? OutgoingSnapshot.stateless(ports.snapshots(), damage, ports.stateless())
        : OutgoingSnapshot.open(ports.snapshots(), damage);
  }

  /** The actor of that delivery. */
  public static Behavior<Reply> create(
      Ports ports, Delivery delivery, ActorRef<ReplicaMessage> replica) {
    return Behaviors.<SenderMessage>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(
                          Tick.INSTANCE, ports.settings().retryInterval());
                      return new SnapshotSender(context, ports, delivery, replica);
                    }))
        .narrow();
  }

  @Override
  public Receive<SenderMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Opened.class, this::onOpened)
        .onMessage(Unreadable.class, unreadable -> giveUp(unreadable.reason()))
        .onMessage(Ready.class, this::onReady)
        .onMessage(Read.class, this::onRead)
        .onMessage(Ack.class, this::onAck)
        .onMessage(Again.class, this::onAgain)
        .onMessage(Refused.class, this::onRefused)
        .onMessage(Delivered.class, delivered -> onDelivered())
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .onSignal(PostStop.class, stopped -> onStopped())
        .build();
  }

  private Behavior<SenderMessage> onOpened(Opened opened) {
    file = opened.file();
    moved = true;
    offer(opened.file());
    return this;
  }

  private void offer(OutgoingSnapshot found) {
    var snapshot = found.snapshot();
    ports
        .peers()
        .tell(
            ports.peers().node(delivery.to().node().address()),
            new Offer(
                delivery.group(),
                delivery.incarnation(),
                delivery.from(),
                delivery.term(),
                snapshot.position(),
                found.configuration(),
                snapshot.size(),
                found.crc(),
                delivery.stateless(),
                getContext().getSelf().narrow()));
  }

  private Behavior<SenderMessage> onReady(Ready ready) {
    receiver = ready.receiver();
    transfer = ready.transfer();
    if (file != null && ready.offset() == file.snapshot().size()) {
      moved = true; // all is there and being made durable, which may take longer than a few tries
    }
    goBackTo(ready.offset());
    return this;
  }

  private Behavior<SenderMessage> onAgain(Again again) {
    if (again.transfer() == transfer) {
      tries++;
      if (tries > ports.settings().triesMax()) {
        return giveUp("what arrives there is damaged again and again");
      }
      goBackTo(again.offset());
    }
    return this;
  }

  private void goBackTo(long offset) {
    if (offset > acked) {
      progress(offset);
    }
    next = offset;
    round++;
    reading = false;
    readOn();
  }

  private Behavior<SenderMessage> onAck(Ack ack) {
    if (ack.transfer() == transfer && ack.offset() > acked) {
      progress(ack.offset());
      readOn();
    }
    return this;
  }

  private void progress(long offset) {
    acked = offset;
    moved = true;
    tries = 0;
  }

  /** Reads the next chunk, if there is one and it may be in flight. One read at a time. */
  private void readOn() {
    var open = file;
    var settings = ports.settings();
    if (open == null || receiver == null || reading || next >= open.snapshot().size()) {
      return;
    }
    if (next - acked >= (long) settings.chunkBytes() * settings.chunksInFlightMax()) {
      return;
    }
    reading = true;
    long offset = next;
    long wanted = round;
    elsewhere(() -> read(open, wanted, offset, settings.chunkBytes()));
  }

  private static Read read(OutgoingSnapshot open, long round, long offset, int length) {
    var bytes = open.read(offset, length);
    var crc = new CRC32C();
    bytes.addTo(crc);
    return new Read(round, offset, (int) crc.getValue(), bytes);
  }

  private Behavior<SenderMessage> onRead(Read read) {
    var to = receiver;
    if (read.round() == round && to != null) {
      reading = false;
      next = read.offset() + read.bytes().length();
      ports.peers().tell(to, new Chunk(transfer, read.offset(), read.crc(), read.bytes()));
      readOn();
    }
    return this;
  }

  private Behavior<SenderMessage> onRefused(Refused refused) {
    if (!refused.later()) {
      return giveUp(refused.reason());
    }
    receiver = null;
    round++;
    reading = false;
    getContext()
        .getLog()
        .info("{}: no snapshot for {} yet: {}", delivery.group(), delivery.to(), refused.reason());
    return this;
  }

  private Behavior<SenderMessage> onDelivered() {
    if (file != null) {
      var snapshot = file.snapshot();
      replica.tell(
          new SnapshotDelivered(delivery.to().store(), snapshot.position(), snapshot.size()));
    }
    return Behaviors.stopped();
  }

  private Behavior<SenderMessage> onTick() {
    var open = file;
    if (open == null) {
      return this;
    }
    if (!moved) {
      tries++;
    }
    if (tries > ports.settings().triesMax()) {
      return giveUp("no answer after %d tries".formatted(ports.settings().triesMax()));
    }
    if (!moved) {
      offer(open);
    }
    moved = false;
    return this;
  }

  private Behavior<SenderMessage> giveUp(String reason) {
    replica.tell(new SnapshotNotDelivered(delivery.to().store(), reason));
    return Behaviors.stopped();
  }

  /**
   * What is opened after this actor has stopped is left to the garbage collector: rare, and only a
   * file handle.
   */
  private Behavior<SenderMessage> onStopped() {
    var open = file;
    if (open != null) {
      try {
        ports.blocking().execute(open::close);
      } catch (RejectedExecutionException e) {
        getContext().getLog().debug("the node is stopping; the file closes with it", e);
      }
    }
    return this;
  }

  /** Does that on the blocking executor; this actor hears of its end, whatever it is. */
  private void elsewhere(Callable<SenderMessage> task) {
    var self = getContext().getSelf();
    try {
      ports
          .blocking()
          .execute(
              () -> {
                try {
                  self.tell(task.call());
                } catch (Exception e) {
                  self.tell(new Unreadable("no snapshot can be read: " + e));
                }
              });
    } catch (RejectedExecutionException e) {
      self.tell(new Unreadable("the node is stopping"));
    }
  }
}
