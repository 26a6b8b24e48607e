package dev.synod.samples.demo;

import dev.synod.samples.node.NodeSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Ports for nodes. Taken from below the range that systems give to outgoing connections, so that a
 * killed node finds its own free again when it comes back.
 */
final class Ports {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 31_999;
  private static final int TRIES_MAX = 1_000;

  private final RandomGenerator random;
  private final Set<Integer> given = new HashSet<>();

  Ports(RandomGenerator random) {
    this.random = random;
  }

  /** A port that is free now and was not given before. */
  int next() {
    for (int i = 0; i < TRIES_MAX; i++) {
      int port = random.nextInt(LOWEST, HIGHEST + 1);
      if (!given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new DemoException("No free port was found between " + LOWEST + " and " + HIGHEST + ".");
  }

  static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, NodeSettings.loopback())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
