package dev.synod.actors.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one other node. Senders lay their messages into a buffer, one behind the other; the
 * connection's thread takes what has gathered there and writes it at once, so that many small
 * messages are one packet and nobody waits for the network.
 */
final class Link {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /** Most of what gathers between two writes has room there. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Frames frames;
  private final ActorRefResolver resolver;
  private final Map<ActorRef<?>, byte[]> paths;
  private final AtomicBoolean overrun = new AtomicBoolean();
  private @Nullable Channel channel;
  private @Nullable ByteBuf gathering;
  private boolean wanted = true;

  Link(Frames frames, ActorRefResolver resolver, int namesMax) {
    this.frames = frames;
    this.resolver = resolver;
    this.paths = new Remembered<>(namesMax);
  }

  synchronized boolean isOpen() {
    return channel != null;
  }

  /** From now on messages go that way. */
  synchronized void opened(Channel connection) {
    channel = connection;
    overrun.set(false);
  }

  /** No longer, if they still did. */
  synchronized void closed(Channel connection) {
    if (connection.equals(channel)) {
      channel = null;
      if (gathering != null) {
        gathering.release();
        gathering = null;
      }
    }
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
   * @throws IllegalArgumentException if the message can't be sent; the text says why
   */
  synchronized boolean send(ActorRef<?> to, Object message) {
    if (channel == null) {
      wanted = true;
      return false;
    }
    if (!channel.isWritable() || (gathering != null && gathering.readableBytes() > queuedMax())) {
      dropped(channel);
      return true;
    }
    var buffer = gathering;
    if (buffer == null) {
      buffer = channel.alloc().directBuffer(BUFFER_BYTES);
      gathering = buffer;
      var connection = channel;
      connection.eventLoop().execute(() -> write(connection));
    }
    frames.put(buffer, pathOf(to), message);
    return true;
  }

  private int queuedMax() {
    return channel == null ? 0 : channel.config().getWriteBufferHighWaterMark();
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
    connection.writeAndFlush(full, connection.voidPromise());
  }

  private void dropped(Channel connection) {
    if (overrun.compareAndSet(false, true)) {
      LOG.warn(
          "{} takes no more at the moment: messages to it are dropped and will be sent again by"
              + " those who miss an answer (said once for a connection)",
          connection.remoteAddress());
    }
  }
}
