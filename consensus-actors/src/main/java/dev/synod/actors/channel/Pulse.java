package dev.synod.actors.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a connection: asks again and again whether the other side lives. A node that
 * is cut off, or gone without a word, is noticed long before TCP gives up, so that the way to it is
 * free when it comes back. Expects an {@link io.netty.handler.timeout.IdleStateHandler} before it.
 */
final class Pulse extends ChannelInboundHandlerAdapter {

  /** Questions in the time after which silence ends the connection. */
  private static final int QUESTIONS = 4;

  private final Duration silenceMax;
  private @Nullable ScheduledFuture<?> asking;

  Pulse(Duration silenceMax) {
    this.silenceMax = silenceMax;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    long pause = silenceMax.toNanos() / QUESTIONS;
    asking =
        context
            .executor()
            .scheduleAtFixedRate(() -> ask(context), pause, pause, TimeUnit.NANOSECONDS);
    context.fireChannelActive();
  }

  private static void ask(ChannelHandlerContext context) {
    ByteBuf question = context.alloc().buffer(Frames.LENGTH_BYTES);
    context.writeAndFlush(question.writeInt(Frames.SIGN_OF_LIFE));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object answer) {
    ReferenceCountUtil.release(answer);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      context.close();
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (asking != null) {
      asking.cancel(false);
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
