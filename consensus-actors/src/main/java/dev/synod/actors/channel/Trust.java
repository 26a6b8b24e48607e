package dev.synod.actors.channel;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * What stands behind it sees the connection as active only once the handshake is done and the other
 * side is who it should be: no secret is said to anybody else, and nothing of theirs is read.
 */
final class Trust extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(Trust.class);

  private final SslHandler handler;
  private final Check check;

  /** Looks at whom the handshake was made with. */
  interface Check {
    Option<Throwable> objection(SSLSession session);
  }

  Trust(SslHandler handler, Check check) {
    this.handler = handler;
    this.check = check;
  }

  /** Too early for the others. */
  @Override
  public void channelActive(ChannelHandlerContext context) {}

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
      var objection = check.objection(handler.engine().getSession());
      if (objection.isDefined()) {
        LOG.warn(
            "the connection with {} is closed: {}",
            context.channel().remoteAddress(),
            objection.get().toString());
        context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
      } else {
        context.fireChannelActive();
        context.pipeline().remove(this);
      }
    }
    context.fireUserEventTriggered(event);
  }

  /** Of somebody who is not trusted. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }
}
