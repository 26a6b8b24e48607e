package dev.synod.actors;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback for nodes that begin to listen later, and again. They lie below those that
 * an operating system gives out by itself: one of those that is given back, or not used yet, would
 * be another process's connection next. Each process begins elsewhere.
 */
public final class FreePorts {

  private static final AtomicInteger PORTS =
      new AtomicInteger(10_000 + (int) (ProcessHandle.current().pid() % 34 * 640));

  private FreePorts() {}

  /** One that nobody listens at, and that is not given to another test of this process. */
  public static int next() {
    int port = PORTS.incrementAndGet();
    while (!isFree(port)) {
      port = PORTS.incrementAndGet();
    }
    return port;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
