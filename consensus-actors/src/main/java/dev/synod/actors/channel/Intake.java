package dev.synod.actors.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes in on a connection: told straight to the actors that it is for. Who does not begin
 * with the secret is not listened to. A message that can't be read is dropped, as by the remoting;
 * a frame that can't be one ends the connection, since nothing behind it could be trusted.
 */
final class Intake extends ByteToMessageDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final Frames frames;
  private final UUID secret;
  private final ActorRefResolver resolver;
  private final Map<String, ActorRef<Object>> receivers;
  private boolean greeted;

  Intake(Frames frames, UUID secret, ActorRefResolver resolver, int namesMax) {
    this.frames = frames;
    this.secret = secret;
    this.resolver = resolver;
    this.receivers = new Remembered<>(namesMax);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!greeted && in.readableBytes() >= Frames.GREETING_BYTES) {
      if (!Frames.takeGreeting(in, secret)) {
        refuse(context, in, "it does not begin with this node's secret");
        return;
      }
      greeted = true;
    }
    while (greeted && in.readableBytes() >= Frames.LENGTH_BYTES) {
      int length = in.getInt(in.readerIndex());
      if (length < 0 || length > frames.bytesMax()) {
        refuse(context, in, "a frame's length is " + length);
        return;
      }
      if (in.readableBytes() < Frames.LENGTH_BYTES + length) {
        return;
      }
      in.skipBytes(Frames.LENGTH_BYTES);
      if (length == Frames.SIGN_OF_LIFE) {
        context.writeAndFlush(
            context.alloc().buffer(Frames.LENGTH_BYTES).writeInt(Frames.SIGN_OF_LIFE));
      } else {
        deliver(context, in.readSlice(length));
      }
    }
  }

  private void deliver(ChannelHandlerContext context, ByteBuf frame) {
    try {
      frames.take(frame, this::deliver);
    } catch (NotSerializableException e) {
      LOG.warn("from {}: {}", context.channel().remoteAddress(), e.getMessage());
    }
  }

  private void deliver(String path, Object message) {
    var receiver = receivers.get(path);
    if (receiver == null || Adapter.toClassic(receiver).isTerminated()) {
      receiver = resolver.resolveActorRef(path);
      if (!receiver.path().address().hasLocalScope()) {
        LOG.warn("a message for {} came here and is dropped", path);
        return;
      }
      receivers.put(path, receiver);
    }
    receiver.tell(message);
  }

  private static void refuse(ChannelHandlerContext context, ByteBuf in, String why) {
    LOG.warn("the connection from {} is closed: {}", context.channel().remoteAddress(), why);
    in.skipBytes(in.readableBytes());
    context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.warn("the connection from {} is closed: {}", context.channel().remoteAddress(), cause);
    context.close();
  }
}
