package dev.synod.actors.channel;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending side of a connection. It says the secret, and the way is open once the other side has
 * given its first sign of life: then it has taken the secret, and nothing is lost to a stranger, or
 * to a node that has restarted meanwhile.
 */
final class Opening extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private final UUID secret;
  private final Link link;
  private final Runnable opened;
  private boolean answered;

  /**
   * For one connection.
   *
   * @param opened called when the way is open
   */
  Opening(UUID secret, Link link, Runnable opened) {
    this.secret = secret;
    this.link = link;
    this.opened = opened;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var greeting = context.alloc().buffer(Frames.GREETING_BYTES);
    Frames.putGreeting(greeting, secret);
    context.writeAndFlush(greeting).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    context.pipeline().addLast(new Pulse(link));
    context.fireChannelActive();
  }

  /** Nothing but signs of life comes back. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object sign) {
    ReferenceCountUtil.release(sign);
    if (!answered) {
      answered = true;
      link.opened(context.channel());
      opened.run();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.info("the connection to {} is closed: {}", context.channel().remoteAddress(), cause);
    context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }
}
