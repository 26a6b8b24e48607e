package dev.synod.actors.channel;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection that takes bytes from any thread. */
interface Direct {

  /**
   * Writes as much as the network takes just now; never waits. Only while nothing waits in the
   * connection itself, and by one thread at a time.
   *
   * @return how many bytes that was
   * @throws IOException if the connection is gone
   */
  int write(ByteBuffer bytes) throws IOException;
}
