package dev.synod.actors.channel;

import dev.synod.actors.Peers;
import dev.synod.actors.channel.ChannelMessage.At;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.node.ArteryPeers;
import dev.synod.actors.node.FrameCheck;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Other nodes by channels of our own, and by Pekko's remoting until these are open. */
public final class ChannelPeers implements Peers {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelPeers.class);
  private static final String NAME = "synod-channel";

  private final ArteryPeers remoting;
  private final Frames frames;
  private final ActorRefResolver resolver;
  private final ChannelSettings settings;
  private final ChannelPort port;
  private final ActorRef<ChannelTask> introducer;
  private final Map<Address, Link> links = new ConcurrentHashMap<>();

  /**
   * Listens for others at once, and closes when the system stops.
   *
   * @param system with remoting
   * @param secret random, and new each time
   * @throws IllegalStateException if it can't listen; the text says what to do
   */
  public ChannelPeers(ActorSystem<?> system, ChannelSettings settings, UUID secret) {
    var classic = (ExtendedActorSystem) Adapter.toClassic(system);
    var config = system.settings().config();
    this.remoting = new ArteryPeers(system);
    this.resolver = ActorRefResolver.get(system);
    this.settings = settings;
    this.frames =
        new Frames(SerializationExtension.get(system), FrameCheck.largestFrameBytes(config));
    this.port =
        ChannelPort.listen(
            settings,
            bindHost(config.getString("pekko.remote.artery.bind.hostname"), classic),
            ChannelTls.of(classic),
            () -> new Intake(frames, secret, resolver, settings.namesMax()));
    var here = new At(classic.provider().getDefaultAddress().toString(), port.number(), secret);
    this.introducer =
        system.systemActorOf(
            Introducer.create(
                settings,
                here,
                address -> resolver.resolveActorRef(address + "/system/" + NAME),
                this::stillWanted,
                this::connect),
            NAME,
            Props.empty());
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "synod-channel",
            () -> {
              port.close();
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  /** As the remoting understands the setting. */
  private static String bindHost(String configured, ExtendedActorSystem system) {
    return configured.isEmpty() || configured.startsWith("<")
        ? system.provider().getDefaultAddress().getHost().orElseThrow()
        : configured;
  }

  @Override
  public ActorRef<NodeMessage> node(String address) {
    return remoting.node(address);
  }

  @Override
  public <M> void tell(ActorRef<? super M> to, M message) {
    var address = to.path().address();
    if (address.hasLocalScope()) {
      to.tell(message);
      return;
    }
    try {
      if (!link(address).send(to, message)) {
        remoting.tell(to, message);
      }
    } catch (IllegalArgumentException e) {
      LOG.error("a message to {} is dropped: {}", to.path(), e.getMessage());
    }
  }

  private Link link(Address address) {
    var known = links.get(address);
    return known == null ? links.computeIfAbsent(address, this::introduced) : known;
  }

  private Link introduced(Address address) {
    introducer.tell(new ChannelTask.Wanted(address));
    return new Link(frames, resolver, settings.namesMax());
  }

  private boolean stillWanted(Address address) {
    var link = links.get(address);
    if (link != null && !link.takeWanted()) {
      links.remove(address);
      return false;
    }
    return link != null;
  }

  private void connect(Address address, int number, UUID secret, ActorRef<ChannelTask> report) {
    var link = links.get(address);
    if (link != null && !link.isOpen()) {
      port.connect(address, number, secret, link, report::tell);
    }
  }
}
