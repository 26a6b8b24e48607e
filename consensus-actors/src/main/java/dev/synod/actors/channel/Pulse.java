package dev.synod.actors.channel;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One side's signs of life on a connection, from now on, and its attention to those of the other
 * side. A node that is cut off, or gone without a word, is noticed long before TCP gives up, so
 * that the way to it is free when it comes back. Nobody answers a sign of life: an answer would
 * wait behind whatever is queued for a slow connection, and tell too late. Expects an {@link
 * io.netty.handler.timeout.IdleStateHandler} before it.
 */
final class Pulse extends ChannelInboundHandlerAdapter {

  /** Between two signs of life; the same on all nodes, as the other side counts on it. */
  static final Duration BEAT = Duration.ofSeconds(1);

  private final @Nullable Link link;
  private @Nullable Future<?> beating;

  /** On a connection that nothing else is written to. */
  Pulse() {
    this.link = null;
  }

  /** On one that belongs to that link, or will: then the link does all that is written to it. */
  Pulse(Link link) {
    this.link = link;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    beat(context);
    beating =
        context
            .executor()
            .scheduleAtFixedRate(
                () -> beat(context), BEAT.toNanos(), BEAT.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void beat(ChannelHandlerContext context) {
    if (link != null && link.beats(context.channel())) {
      return;
    }
    var sign = context.alloc().buffer(Frames.LENGTH_BYTES).writeInt(Frames.SIGN_OF_LIFE);
    context.writeAndFlush(sign).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (beating != null) {
      beating.cancel(false);
    }
    context.fireChannelInactive();
  }
}
