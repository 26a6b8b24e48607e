package dev.synod.actors.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;

/**
 * The node's listening socket, its connections, and the one thread which serves them all: it moves
 * bytes and wakes actors, and does nothing that takes long.
 */
final class ChannelPort {

  private final ChannelSettings settings;
  private final Optional<ChannelTls> tls;
  private final EventLoopGroup thread;
  private final Channel listening;

  private ChannelPort(
      ChannelSettings settings,
      Optional<ChannelTls> tls,
      EventLoopGroup thread,
      Channel listening) {
    this.settings = settings;
    this.tls = tls;
    this.thread = thread;
    this.listening = listening;
  }

  /**
   * Listens from now on.
   *
   * @param host to bind to
   * @param intake a new one for each connection
   * @throws IllegalStateException if that can't be; the text says what to do
   */
  static ChannelPort listen(
      ChannelSettings settings, String host, Optional<ChannelTls> tls, Supplier<Intake> intake) {
    var thread =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("synod-channel", true), NioIoHandler.newFactory());
    var bound =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    tls.ifPresent(on -> on.incoming(connection, host, settings.port()));
                    connection.pipeline().addLast(silence(settings), intake.get());
                  }
                })
            .bind(host, settings.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      thread.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new IllegalStateException(
          "can't listen on %s:%d (synod.channel.port): %s"
              .formatted(host, settings.port(), bound.cause()),
          bound.cause());
    }
    return new ChannelPort(settings, tls, thread, bound.channel());
  }

  private static IdleStateHandler silence(ChannelSettings settings) {
    return new IdleStateHandler(settings.silenceMax().toMillis(), 0, 0, TimeUnit.MILLISECONDS);
  }

  /** Where it listens. */
  int number() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /**
   * Connects to another node; its way is open when the other side has let us in. Looks up the
   * host's name, so may take long.
   *
   * @param report hears of {@link ChannelTask.Opened} if it comes about, and of {@link
   *     ChannelTask.Closed} in any case, but for a port that is stopped
   */
  void connect(
      Address address, int port, UUID secret, Link link, Consumer<? super ChannelTask> report) {
    var host = address.getHost().orElseThrow();
    var remote = new InetSocketAddress(host, port);
    if (thread.isShuttingDown()) {
      return;
    }
    if (remote.isUnresolved()) {
      report.accept(new ChannelTask.Closed(address, "its name can't be looked up"));
      return;
    }
    var opening =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel connection) {
            tls.ifPresent(on -> on.outgoing(connection, host, port));
            connection
                .pipeline()
                .addLast(
                    silence(settings),
                    new Opening(
                        secret, link, () -> report.accept(new ChannelTask.Opened(address))));
          }
        };
    connection(opening)
        .connect(remote)
        .addListener(
            (ChannelFutureListener)
                done -> {
                  if (done.isSuccess()) {
                    whenClosed(done.channel(), address, link, report);
                  } else {
                    report.accept(new ChannelTask.Closed(address, String.valueOf(done.cause())));
                  }
                });
  }

  private Bootstrap connection(ChannelInitializer<Channel> opening) {
    return new Bootstrap()
        .group(thread)
        .channelFactory(tls.isPresent() ? NioSocketChannel::new : DirectChannel::new)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(settings.queuedBytesMax() / 2, settings.queuedBytesMax()))
        .handler(opening);
  }

  private static void whenClosed(
      Channel connection, Address address, Link link, Consumer<? super ChannelTask> report) {
    connection
        .closeFuture()
        .addListener(
            closed -> {
              link.closed(connection);
              report.accept(new ChannelTask.Closed(address, "the connection was closed"));
            });
  }

  /** Closes the socket and all connections; done when the port is free again. */
  CompletionStage<Done> stop() {
    var stopped = new CompletableFuture<Done>();
    thread
        .shutdownGracefully(0, 1, TimeUnit.SECONDS)
        .addListener(ended -> stopped.complete(Done.getInstance()));
    return stopped;
  }
}
