package dev.synod.actors.channel;

import com.typesafe.config.Config;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * TLS as the remoting has it: the same keys, the same checks of the other side, by the same {@link
 * SSLEngineProvider}.
 */
final class ChannelTls {

  private static final String PROVIDER = "pekko.remote.artery.ssl.ssl-engine-provider";

  private final SSLEngineProvider provider;
  private final Duration timeout;

  private ChannelTls(SSLEngineProvider provider, Duration timeout) {
    this.provider = provider;
    this.timeout = timeout;
  }

  /**
   * Present if the remoting of that system uses TLS.
   *
   * @param timeout for a handshake
   */
  static Optional<ChannelTls> of(ExtendedActorSystem system, Duration timeout) {
    Config config = system.settings().config();
    if (!config.getString("pekko.remote.artery.transport").equals("tls-tcp")) {
      return Optional.empty();
    }
    var setup = system.settings().setup().get(SSLEngineProviderSetup.class);
    var provider =
        setup.isPresent()
            ? setup.get().sslEngineProvider().apply(system)
            : configured(system, config.getString(PROVIDER));
    return Optional.of(new ChannelTls(provider, timeout));
  }

  private static SSLEngineProvider configured(ExtendedActorSystem system, String name) {
    var arguments = List.of(new Tuple2<Class<?>, Object>(ActorSystem.class, system));
    return system
        .dynamicAccess()
        .createInstanceFor(
            name,
            CollectionConverters.asScala(arguments).toSeq(),
            ClassTag$.MODULE$.<SSLEngineProvider>apply(SSLEngineProvider.class))
        .get();
  }

  /** Before anything else on a connection to that host. */
  void outgoing(Channel connection, String host, int port) {
    add(
        connection,
        new SslHandler(provider.createClientSSLEngine(host, port)),
        session -> provider.verifyClientSession(host, session));
  }

  /** Before anything else on a connection that another node made. */
  void incoming(Channel connection, String host, int port) {
    add(
        connection,
        new SslHandler(provider.createServerSSLEngine(host, port)),
        session -> provider.verifyServerSession(host, session));
  }

  private void add(Channel connection, SslHandler handler, Trust.Check check) {
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    connection.pipeline().addLast(handler, new Trust(handler, check));
  }
}
