package dev.synod.actors.channel;

import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection to which any thread may write, past its pipeline: one without TLS. */
final class DirectChannel extends NioSocketChannel implements Direct {

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return javaChannel().write(bytes);
  }
}
