package dev.synod.actors.channel;

import dev.synod.actors.meters.ChannelMeters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one other node. Senders lay their messages into a buffer, one behind the other; the
 * connection's thread takes what has gathered there and writes it at once, so that many small
 * messages are one packet and nobody waits for the network.
 *
 * <p>A buffer that gathers belongs to the connection that is open, and its writing is under way: so
 * whoever changes the connection lets go of the buffer.
 */
final class Link {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /** Most of what gathers between two writes has room there. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Frames frames;
  private final ActorRefResolver resolver;
  private final ChannelMeters meters;
  private final Map<ActorRef<?>, byte[]> paths;
  private @Nullable Channel channel;
  private @Nullable ByteBuf gathering;
  private boolean overrun;
  private boolean wanted = true;

  Link(Frames frames, ActorRefResolver resolver, ChannelMeters meters, int namesMax) {
    this.frames = frames;
    this.resolver = resolver;
    this.meters = meters;
    this.paths = new Remembered<>(namesMax);
  }

  synchronized boolean isOpen() {
    return channel != null;
  }

  /** From now on messages go that way. */
  synchronized void opened(Channel connection) {
    if (channel != null) {
      closed(channel);
    }
    channel = connection;
    overrun = false;
    meters.opened();
  }

  /** No longer, if they still did. */
  synchronized void closed(Channel connection) {
    if (!connection.equals(channel)) {
      return;
    }
    channel = null;
    if (gathering != null) {
      gathering.release();
      gathering = null;
    }
    meters.closed();
  }

  /** Whether somebody wanted to send since the last time, and there was no connection. */
  synchronized boolean takeWanted() {
    boolean was = wanted;
    wanted = false;
    return was;
  }

  /**
   * Sends, as far as can be known. What a full connection can't take is dropped.
   *
   * @return false if there is no connection
   * @throws IllegalArgumentException if the message can't be sent; the text says why. The message's
   *     serializer may throw others
   */
  synchronized boolean send(ActorRef<?> to, Object message) {
    if (channel == null || !channel.isActive()) {
      wanted = true;
      return false;
    }
    long waiting = gathering == null ? 0 : gathering.readableBytes();
    if (!channel.isWritable() || waiting > channel.bytesBeforeUnwritable()) {
      dropped(channel);
      return true;
    }
    var buffer = gathering == null ? gather(channel) : gathering;
    if (buffer == null) {
      return false;
    }
    frames.put(buffer, pathOf(to), message);
    return true;
  }

  /** A buffer that will be written; null if the connection's thread ends this very moment. */
  private @Nullable ByteBuf gather(Channel connection) {
    var buffer = connection.alloc().directBuffer(BUFFER_BYTES);
    gathering = buffer;
    try {
      connection.eventLoop().execute(() -> write(connection));
      return buffer;
    } catch (RejectedExecutionException e) {
      LOG.debug("this node has closed its channels", e);
      closed(connection);
      return null;
    }
  }

  private byte[] pathOf(ActorRef<?> to) {
    return paths.computeIfAbsent(
        to, ref -> resolver.toSerializationFormat(ref).getBytes(StandardCharsets.UTF_8));
  }

  /** On the connection's thread. */
  private void write(Channel connection) {
    ByteBuf full;
    synchronized (this) {
      if (!connection.equals(channel) || gathering == null) {
        return;
      }
      full = gathering;
      gathering = null;
    }
    connection.writeAndFlush(full).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private void dropped(Channel connection) {
    meters.dropped();
    if (!overrun) {
      overrun = true;
      LOG.warn(
          "{} takes no more at the moment: messages to it are dropped and will be sent again by"
              + " those who miss an answer (said once for a connection)",
          connection.remoteAddress());
    }
  }
}
