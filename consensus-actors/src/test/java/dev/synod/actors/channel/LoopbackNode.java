package dev.synod.actors.channel;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.FreePorts;
import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.WireMessage;
import dev.synod.actors.node.ArteryPeers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system with remoting on the loopback, and with a channel if so wished. */
final class LoopbackNode implements AutoCloseable {

  static final String HOST = "127.0.0.1";
  static final int FRAME_BYTES_MAX = 128 * 1024;

  private static final String NAME = "shop";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final WireMessage LOOKING = ChannelFixture.message(0); // no test's own

  final ActorSystem<Void> system;
  final CountedChannels channels = new CountedChannels();
  final CountedRemoting remoting;
  final Peers peers;
  final TestProbe<WireMessage> probe;

  /**
   * Starts.
   *
   * @param channelPort where its channel is; -1 for none
   * @param more settings, before all others
   */
  LoopbackNode(int port, int channelPort, String more) {
    var own =
        """
        pekko.loglevel = ERROR
        pekko.remote.artery.canonical { hostname = "%s", port = %d }
        synod.channel { port = %d, retry-interval = 100ms, retry-interval-max = 1s }
        synod.channel { connect-timeout = 30s, silence-max = 60s }
        """
            .formatted(HOST, port, Math.max(0, channelPort));
    var config =
        ConfigFactory.parseString(more)
            .withFallback(ConfigFactory.parseString(own))
            .withFallback(ConfigFactory.parseResources("synod-remote.conf"))
            .withFallback(ConfigFactory.load())
            .resolve();
    system = ActorSystem.create(Behaviors.empty(), NAME, config);
    remoting = new CountedRemoting(new ArteryPeers(system));
    peers =
        channelPort < 0
            ? remoting
            : new ChannelPeers(
                system,
                remoting,
                ChannelSettings.from(config.getConfig("synod.channel")),
                FRAME_BYTES_MAX,
                channels);
    probe = TestProbe.create(system);
  }

  /** The same way as the node is, with a count of what goes by the remoting. */
  static final class CountedRemoting implements Peers {

    private final Peers inner;
    private final AtomicInteger messages = new AtomicInteger();

    CountedRemoting(Peers inner) {
      this.inner = inner;
    }

    @Override
    public ActorRef<NodeMessage> node(String address) {
      return inner.node(address);
    }

    @Override
    public <M> void tell(ActorRef<? super M> to, M message) {
      messages.incrementAndGet();
      inner.tell(to, message);
    }

    int messages() {
      return messages.get();
    }
  }

  static int freePort() {
    return FreePorts.next();
  }

  /** The other node's probe, as seen from here. */
  ActorRef<WireMessage> probeOf(LoopbackNode other) {
    return ActorRefResolver.get(system)
        .resolveActorRef(
            ActorRefResolver.get(other.system).toSerializationFormat(other.probe.ref()));
  }

  /** Sends, and sees that it arrives. */
  void reaches(LoopbackNode other, WireMessage message) {
    peers.tell(probeOf(other), message);
    assertReceived(other, message);
  }

  private static void assertReceived(LoopbackNode other, WireMessage message) {
    WireMessage received;
    do { // what looked for a channel went by the remoting, and may come behind what found one
      received = other.probe.receiveMessage(PATIENCE);
    } while (received.equals(LOOKING));
    if (!received.equals(message)) {
      throw new AssertionError("%s instead of %s".formatted(received, message));
    }
  }

  /** Sends again and again, as protocols do, until there are so many channels from here. */
  void untilOpen(LoopbackNode other, int open) {
    var to = probeOf(other);
    probe.awaitAssert(
        PATIENCE,
        Duration.ofMillis(50),
        () -> {
          peers.tell(to, LOOKING);
          if (channels.open() != open) {
            throw new AssertionError(channels.open() + " channels are open");
          }
          return open;
        });
    drain(other);
  }

  /** What was sent until now is there, and forgotten. */
  private void drain(LoopbackNode other) {
    var last = ChannelFixture.message(Long.MAX_VALUE);
    peers.tell(probeOf(other), last);
    WireMessage received;
    do {
      received = other.probe.receiveMessage(PATIENCE);
    } while (!received.equals(last));
  }

  /**
   * Begins to close. With TLS, Pekko's remoting sometimes waits for ever for streams of which the
   * other end lives on, so all nodes of a test are to begin before one is waited for.
   */
  void terminate() {
    system.terminate();
  }

  @Override
  public void close() {
    terminate();
    system
        .getWhenTerminated()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
