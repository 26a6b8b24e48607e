package dev.synod.actors.channel;

import com.typesafe.config.Config;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * TLS as the remoting has it: the same keys, the same checks of the other side, by the same {@link
 * SSLEngineProvider}.
 */
final class ChannelTls {

  private static final String PROVIDER = "pekko.remote.artery.ssl.ssl-engine-provider";

  private final SSLEngineProvider provider;

  private ChannelTls(SSLEngineProvider provider) {
    this.provider = provider;
  }

  /** Present if the remoting of that system uses TLS. */
  static Optional<ChannelTls> of(ExtendedActorSystem system) {
    Config config = system.settings().config();
    if (!config.getString("pekko.remote.artery.transport").equals("tls-tcp")) {
      return Optional.empty();
    }
    var setup = system.settings().setup().get(SSLEngineProviderSetup.class);
    var provider =
        setup.isPresent()
            ? setup.get().sslEngineProvider().apply(system)
            : configured(system, config.getString(PROVIDER));
    return Optional.of(new ChannelTls(provider));
  }

  private static SSLEngineProvider configured(ExtendedActorSystem system, String name) {
    var arguments = List.of(new Tuple2<Class<?>, Object>(ActorSystem.class, system));
    return system
        .dynamicAccess()
        .createInstanceFor(
            name,
            CollectionConverters.asScala(arguments).toSeq(),
            scala.reflect.ClassTag$.MODULE$.<SSLEngineProvider>apply(SSLEngineProvider.class))
        .get();
  }

  /** Before anything else on a connection to that host. */
  void outgoing(Channel connection, String host, int port) {
    var handler = new SslHandler(provider.createClientSSLEngine(host, port));
    verify(handler, connection, session -> provider.verifyClientSession(host, session));
    connection.pipeline().addLast(handler);
  }

  /** Before anything else on a connection that another node made. */
  void incoming(Channel connection, String host, int port) {
    var handler = new SslHandler(provider.createServerSSLEngine(host, port));
    verify(handler, connection, session -> provider.verifyServerSession(host, session));
    connection.pipeline().addLast(handler);
  }

  /** Looks at whom the handshake was made with. */
  private interface Check {
    Option<Throwable> objection(SSLSession session);
  }

  private static void verify(SslHandler handler, Channel connection, Check check) {
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess() && check.objection(handler.engine().getSession()).isDefined()) {
                connection.close();
              }
            });
  }
}
