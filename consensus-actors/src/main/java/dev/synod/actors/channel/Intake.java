package dev.synod.actors.channel;

import dev.synod.actors.message.WireMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes in on a connection: told straight to the actors that it is for. Who does not begin
 * with the secret, and soon, is not listened to. A message that can't be read is dropped, as by the
 * remoting; a frame that can't be one ends the connection, since nothing behind it could be
 * trusted. Never holds more than one frame that is not complete.
 */
final class Intake extends ByteToMessageDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private enum State {
    /** It has not said the secret yet. */
    STRANGER,
    /** It has. */
    PEER,
    /** Closed by us: what still comes is not looked at. */
    REFUSED
  }

  private final Frames frames;
  private final UUID secret;
  private final ActorRefResolver resolver;
  private final ChannelSettings settings;
  private final Map<String, ActorRef<Object>> receivers;
  private State state = State.STRANGER;
  private @Nullable Future<?> deadline;

  Intake(Frames frames, UUID secret, ActorRefResolver resolver, ChannelSettings settings) {
    this.frames = frames;
    this.secret = secret;
    this.resolver = resolver;
    this.settings = settings;
    this.receivers = new Remembered<>(settings.namesMax());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> refuse(context, "it does not say this node's secret"),
                settings.silenceMax().toMillis(),
                TimeUnit.MILLISECONDS);
    context.fireChannelActive();
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    endDeadline();
  }

  private void endDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (state == State.STRANGER && in.readableBytes() >= Frames.GREETING_BYTES) {
      greet(context, in);
    }
    while (state == State.PEER && in.readableBytes() >= Frames.LENGTH_BYTES) {
      int length = in.getInt(in.readerIndex());
      if (length < 0 || length > frames.bytesMax()) {
        refuse(context, "a frame's length is " + length);
      } else if (in.readableBytes() < Frames.LENGTH_BYTES + length) {
        return;
      } else {
        in.skipBytes(Frames.LENGTH_BYTES);
        deliver(context, in.readSlice(length));
      }
    }
    if (state == State.REFUSED) {
      in.skipBytes(in.readableBytes());
    }
  }

  /** Its signs of life tell the other side that it is let in. */
  private void greet(ChannelHandlerContext context, ByteBuf in) {
    if (Frames.takeGreeting(in, secret)) {
      endDeadline();
      state = State.PEER;
      context.pipeline().addLast(new Pulse());
    } else {
      refuse(context, "it does not begin with this node's secret");
    }
  }

  private void deliver(ChannelHandlerContext context, ByteBuf frame) {
    if (!frame.isReadable()) {
      return; // a sign of life, which the idle state handler has seen
    }
    try {
      deliver(frames.take(frame));
    } catch (NotSerializableException e) {
      LOG.warn("from {}: {}", context.channel().remoteAddress(), e.toString());
    } catch (IllegalArgumentException e) {
      refuse(context, e.toString());
    }
  }

  private void deliver(Frames.Delivery delivery) {
    if (!(delivery.message() instanceof WireMessage)) {
      LOG.warn(
          "a {} for {} is dropped: only messages between nodes come this way",
          delivery.message().getClass().getName(),
          delivery.path());
      return;
    }
    var receiver = receivers.get(delivery.path());
    if (receiver == null || Adapter.toClassic(receiver).isTerminated()) {
      receiver = resolver.resolveActorRef(delivery.path());
      if (!receiver.path().address().hasLocalScope()) {
        LOG.warn("a message for {} came here and is dropped", delivery.path());
        return;
      }
      receivers.put(delivery.path(), receiver);
    }
    receiver.tell(delivery.message());
  }

  private void refuse(ChannelHandlerContext context, String why) {
    LOG.warn("the connection from {} is closed: {}", context.channel().remoteAddress(), why);
    endDeadline();
    state = State.REFUSED;
    context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (state != State.REFUSED) {
      refuse(context, cause.toString());
    }
  }
}
