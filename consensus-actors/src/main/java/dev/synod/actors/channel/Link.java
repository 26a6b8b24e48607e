package dev.synod.actors.channel;

import dev.synod.actors.meters.ChannelMeters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one other node. Senders lay their messages into a buffer, one behind the other.
 * Whoever finds that nobody is writing writes what has gathered: on its own thread, as far as the
 * network takes it, so that a message wakes nobody on this node. What gathers meanwhile, or is left
 * over, is for the connection's thread. So many small messages are one packet, and nobody waits for
 * the network.
 *
 * <p>A buffer that gathers belongs to the connection that is open: so whoever changes the
 * connection lets go of the buffer. All that is written to that connection goes through here.
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

  /** Somebody writes to the open connection, or its thread will: nobody else may. */
  private boolean writing;

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

  /** From now on messages go that way, unless it is closed by now. */
  synchronized void opened(Channel connection) {
    if (!connection.isActive()) {
      return;
    }
    if (channel != null) {
      closed(channel);
    }
    channel = connection;
    overrun = false;
    writing = false;
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
  boolean send(ActorRef<?> to, Object message) {
    Channel connection;
    synchronized (this) {
      if (channel == null || !channel.isActive()) {
        wanted = true;
        return false;
      }
      long waiting = gathering == null ? 0 : gathering.readableBytes();
      if (!channel.isWritable() || waiting > channel.bytesBeforeUnwritable()) {
        dropped(channel);
        return true;
      }
      frames.put(gathered(channel), pathOf(to), message);
      if (writing) {
        return true;
      }
      writing = true;
      connection = channel;
    }
    if (connection instanceof Direct direct && hasWrittenAll(connection)) {
      return writeHere(connection, direct);
    }
    return writeThere(connection);
  }

  /**
   * Sends a sign of life, on the connection's thread.
   *
   * @return false if that connection is not the one of this link
   */
  boolean beats(Channel connection) {
    synchronized (this) {
      if (!connection.equals(channel)) {
        return false;
      }
      gathered(connection).writeInt(Frames.SIGN_OF_LIFE);
      if (writing) {
        return true;
      }
      writing = true;
    }
    write(connection);
    return true;
  }

  private ByteBuf gathered(Channel connection) {
    if (gathering == null) {
      gathering = connection.alloc().directBuffer(BUFFER_BYTES);
    }
    return gathering;
  }

  private static boolean hasWrittenAll(Channel connection) {
    var queue = connection.unsafe().outboundBuffer();
    return queue != null && queue.totalPendingWriteBytes() == 0;
  }

  /** On the sender's thread: once, as others may send faster than it writes. */
  private boolean writeHere(Channel connection, Direct direct) {
    var full = take(connection);
    if (full == null) {
      return true;
    }
    try {
      int written = direct.write(full.internalNioBuffer(full.readerIndex(), full.readableBytes()));
      full.skipBytes(written);
    } catch (IOException e) {
      LOG.debug("the connection to {} is gone", connection.remoteAddress(), e);
      full.release();
      connection.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
      return true; // lost like all that was under way
    }
    if (!full.isReadable()) {
      full.release();
      return !hasMore(connection) || writeThere(connection);
    }
    return onThread(
        connection,
        full,
        () -> {
          flush(connection, full);
          write(connection);
        });
  }

  /** On the connection's thread, soon. */
  private boolean writeThere(Channel connection) {
    return onThread(connection, Unpooled.EMPTY_BUFFER, () -> write(connection));
  }

  /** False if that thread has ended: then the buffer is let go. */
  private boolean onThread(Channel connection, ByteBuf buffer, Runnable task) {
    try {
      connection.eventLoop().execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("this node has closed its channels", e);
      buffer.release();
      closed(connection);
      return false;
    }
  }

  /** On the connection's thread. */
  private void write(Channel connection) {
    var full = take(connection);
    if (full != null) {
      flush(connection, full);
      if (hasMore(connection)) {
        writeThere(connection);
      }
    }
  }

  private static void flush(Channel connection, ByteBuf full) {
    connection.writeAndFlush(full).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** By whoever writes: what has gathered; null if there is nothing to write any more. */
  private synchronized @Nullable ByteBuf take(Channel connection) {
    if (!hasMore(connection)) {
      return null;
    }
    var full = gathering;
    gathering = null;
    return full;
  }

  /** By whoever writes, who has done so if this is false. */
  private synchronized boolean hasMore(Channel connection) {
    if (!connection.equals(channel)) {
      return false;
    }
    writing = gathering != null && gathering.isReadable();
    return writing;
  }

  private byte[] pathOf(ActorRef<?> to) {
    return paths.computeIfAbsent(
        to, ref -> resolver.toSerializationFormat(ref).getBytes(StandardCharsets.UTF_8));
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
