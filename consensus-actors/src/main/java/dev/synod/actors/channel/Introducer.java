package dev.synod.actors.channel;

import dev.synod.actors.channel.ChannelMessage.At;
import dev.synod.actors.channel.ChannelMessage.Where;
import dev.synod.actors.channel.ChannelTask.AskAgain;
import dev.synod.actors.channel.ChannelTask.Closed;
import dev.synod.actors.channel.ChannelTask.Opened;
import dev.synod.actors.channel.ChannelTask.Wanted;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Finds other nodes' channels: asks a node over the remoting where its channel is, connects, and
 * begins anew when the connection is gone. A node without a channel never answers and is asked ever
 * more seldom.
 */
final class Introducer extends AbstractBehavior<ChannelTask> {

  private final TimerScheduler<ChannelTask> timers;
  private final ChannelSettings settings;
  private final Function<Address, ActorRef<ChannelMessage>> remote;
  private final Predicate<Address> stillWanted;
  private final Connecting connecting;
  private final At here;
  private final Map<Address, Duration> pauses = new HashMap<>();

  /** Makes a connection to where a node said that it listens. */
  interface Connecting {
    void connect(Address address, int port, UUID secret, ActorRef<ChannelTask> report);
  }

  private Introducer(
      ActorContext<ChannelTask> context,
      TimerScheduler<ChannelTask> timers,
      ChannelSettings settings,
      At here,
      Function<Address, ActorRef<ChannelMessage>> remote,
      Predicate<Address> stillWanted,
      Connecting connecting) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.here = here;
    this.remote = remote;
    this.stillWanted = stillWanted;
    this.connecting = connecting;
  }

  /**
   * A node's introducer.
   *
   * @param here what this node answers
   * @param remote the introducer of another node
   * @param stillWanted whether anybody sent to that node since this was asked before
   */
  static Behavior<ChannelTask> create(
      ChannelSettings settings,
      At here,
      Function<Address, ActorRef<ChannelMessage>> remote,
      Predicate<Address> stillWanted,
      Connecting connecting) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new Introducer(
                        context, timers, settings, here, remote, stillWanted, connecting)));
  }

  @Override
  public Receive<ChannelTask> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wanted.class, wanted -> ask(wanted.address()))
        .onMessage(AskAgain.class, this::onAskAgain)
        .onMessage(Where.class, this::onWhere)
        .onMessage(At.class, this::onAt)
        .onMessage(Opened.class, this::onOpened)
        .onMessage(Closed.class, this::onClosed)
        .build();
  }

  /** A node that is not needed any more may be gone for good, and is forgotten. */
  private Behavior<ChannelTask> onAskAgain(AskAgain again) {
    if (stillWanted.test(again.address())) {
      return ask(again.address());
    }
    pauses.remove(again.address());
    return this;
  }

  private Behavior<ChannelTask> ask(Address address) {
    askAgainLater(address);
    remote.apply(address).tell(new Where(getContext().getSelf().narrow()));
    return this;
  }

  private void askAgainLater(Address address) {
    var pause = pauses.getOrDefault(address, settings.retryInterval());
    var doubled = pause.multipliedBy(2);
    pauses.put(
        address,
        doubled.compareTo(settings.retryIntervalMax()) > 0 ? settings.retryIntervalMax() : doubled);
    timers.startSingleTimer(address, new AskAgain(address), pause);
  }

  private Behavior<ChannelTask> onWhere(Where where) {
    where.replyTo().tell(here);
    return this;
  }

  /** An answer nobody waits for any more would make a second connection. */
  private Behavior<ChannelTask> onAt(At at) {
    var address = AddressFromURIString.unapply(at.address());
    if (address.isEmpty()) {
      getContext().getLog().warn("a channel is at no address: {}", at.address());
    } else if (timers.isTimerActive(address.get())) {
      timers.cancel(address.get());
      connecting.connect(address.get(), at.port(), at.secret(), getContext().getSelf());
    }
    return this;
  }

  private Behavior<ChannelTask> onOpened(Opened opened) {
    pauses.remove(opened.address());
    getContext().getLog().info("a channel to {} is open", opened.address());
    return this;
  }

  private Behavior<ChannelTask> onClosed(Closed closed) {
    getContext()
        .getLog()
        .info("no channel to {}, by the remoting for now: {}", closed.address(), closed.why());
    askAgainLater(closed.address());
    return this;
  }
}
