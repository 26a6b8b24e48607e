package dev.synod.benchmarks.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is to be started, and where.
 *
 * @param groups independent replicated groups, each with a replica at every node
 * @param bytesMax the largest value that will be written
 * @param ports {@value #PORTS_EACH} free ports of the loopback for each replica
 * @param folder holds a folder for each replica
 */
public record Setup(int replicas, int groups, int bytesMax, List<Integer> ports, Path folder) {

  static final String HOST = "127.0.0.1";
  private static final int PORTS_EACH = 3;
  private static final int PORT_LOWEST = 12_000;
  private static final int PORT_END = 20_000;
  private static final int PORT_TRIES_MAX = 10_000;

  public Setup {
    if (replicas < 1 || groups < 1 || ports.size() != replicas * PORTS_EACH) {
      throw new IllegalArgumentException(
          "%d replicas of %d groups with %d ports".formatted(replicas, groups, ports.size()));
    }
    ports = List.copyOf(ports);
  }

  /**
   * With ports that nobody listens to now. They are below those that systems give to whoever asks
   * for any port, so that nobody is given one before a replica has it.
   */
  public static Setup of(int replicas, int groups, int bytesMax, Path folder) throws IOException {
    var ports = new LinkedHashSet<Integer>();
    var random = new SplittableRandom();
    for (int tries = 0; ports.size() < replicas * PORTS_EACH; tries++) {
      if (tries == PORT_TRIES_MAX) {
        throw new IOException("no free ports from %d on".formatted(PORT_LOWEST));
      }
      int port = random.nextInt(PORT_LOWEST, PORT_END);
      if (isFree(port)) {
        ports.add(port);
      }
    }
    return new Setup(replicas, groups, bytesMax, List.copyOf(ports), folder);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** The same from what {@link #toString()} gave. */
  static Setup parse(String text) {
    String[] parts = text.split(" ", 5);
    return new Setup(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Arrays.stream(parts[3].split(",")).map(Integer::parseInt).toList(),
        Path.of(parts[4]));
  }

  @Override
  public String toString() {
    var list = ports.stream().map(String::valueOf).collect(Collectors.joining(","));
    return replicas + " " + groups + " " + bytesMax + " " + list + " " + folder;
  }

  /** The use-th port of that replica; both count from 0. */
  int port(int replica, int use) {
    return ports.get(replica * PORTS_EACH + use);
  }

  /** Host and port of that use, of each replica. */
  List<String> addresses(int use) {
    return IntStream.range(0, replicas).mapToObj(i -> HOST + ":" + port(i, use)).toList();
  }

  Path folder(int replica) {
    return folder.resolve(name(replica));
  }

  /** n1, n2, … */
  static String name(int replica) {
    return "n" + (replica + 1);
  }
}
