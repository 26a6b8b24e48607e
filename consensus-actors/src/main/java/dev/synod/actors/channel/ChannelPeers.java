package dev.synod.actors.channel;

import dev.synod.actors.Peers;
import dev.synod.actors.channel.ChannelMessage.At;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.meters.ChannelMeters;
import dev.synod.actors.transfer.SnapshotMessage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Other nodes by channels of our own, and by Pekko's remoting until these are open. Offers and
 * chunks of snapshots stay with the remoting: it can give them a connection of their own, so that
 * no heartbeat stands behind one.
 */
public final class ChannelPeers implements Peers {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelPeers.class);
  private static final String NAME = "synod-channel";
  private static final String BIND_HOST = "pekko.remote.artery.bind.hostname";

  /** Names are looked up there. */
  private static final String BLOCKING = "synod.blocking-dispatcher";

  private final Peers remoting;
  private final ChannelPort port;
  private final ActorRef<ChannelTask> introducer;
  private final Links links;

  /**
   * Listens for others at once, and closes when the system stops.
   *
   * @param system with remoting
   * @param remoting stands in while no channel is open
   * @param frameBytesMax largest frame
   * @throws IllegalStateException if it can't listen; the text says what to do
   */
  public ChannelPeers(
      ActorSystem<?> system,
      Peers remoting,
      ChannelSettings settings,
      int frameBytesMax,
      ChannelMeters meters) {
    var classic = (ExtendedActorSystem) Adapter.toClassic(system);
    var secret = UUID.randomUUID(); // 122 bits of a SecureRandom, new each time
    var resolver = ActorRefResolver.get(system);
    var frames = new Frames(SerializationExtension.get(system), frameBytesMax);
    this.remoting = remoting;
    this.links =
        new Links(() -> new Link(frames, resolver, meters, settings.namesMax()), this::introduce);
    this.port =
        ChannelPort.listen(
            settings,
            bindHost(classic),
            ChannelTls.of(classic, settings.connectTimeout()),
            () -> new Intake(frames, secret, resolver, settings));
    var here = new At(classic.provider().getDefaultAddress().toString(), port.number(), secret);
    this.introducer =
        system.systemActorOf(
            Introducer.create(
                settings,
                here,
                address -> resolver.resolveActorRef(address + "/system/" + NAME),
                links::isStillWanted,
                this::connect),
            NAME,
            DispatcherSelector.fromConfig(BLOCKING));
    CoordinatedShutdown.get(system)
        .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), NAME, port::stop);
  }

  /** As the remoting understands the setting. */
  private static String bindHost(ExtendedActorSystem system) {
    var configured = system.settings().config().getString(BIND_HOST);
    try {
      return switch (configured) {
        case "" -> system.provider().getDefaultAddress().getHost().orElseThrow();
        case "<getHostAddress>" -> InetAddress.getLocalHost().getHostAddress();
        case "<getHostName>" -> InetAddress.getLocalHost().getHostName();
        default -> configured;
      };
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "%s is %s, but this host has no address: %s".formatted(BIND_HOST, configured, e), e);
    }
  }

  @Override
  public ActorRef<NodeMessage> node(String address) {
    return remoting.node(address);
  }

  @Override
  public <M> void tell(ActorRef<? super M> to, M message) {
    var address = to.path().address();
    if (address.hasLocalScope()
        || message instanceof SnapshotMessage
        || !sent(address, to, message)) {
      remoting.tell(to, message);
    }
  }

  /** True also if the message can't be sent at all: then the remoting could not, either. */
  private boolean sent(Address address, ActorRef<?> to, Object message) {
    try {
      return links.to(address).send(to, message);
    } catch (Exception e) { // a serializer of the application may throw anything
      LOG.error("a message to {} is dropped", to.path(), e);
      return true;
    }
  }

  private void introduce(Address address) {
    introducer.tell(new ChannelTask.Wanted(address));
  }

  private void connect(Address address, int number, UUID secret, ActorRef<ChannelTask> report) {
    var link = links.find(address);
    if (link != null && !link.isOpen()) {
      port.connect(address, number, secret, link, report::tell);
    }
  }
}
