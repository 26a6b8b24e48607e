package dev.synod.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What the machine itself takes: one write and force of a preallocated file, and one round trip
 * over the loopback. A commit that is forced to two disks and crosses the network once can't be
 * faster than one of each.
 */
final class Floor {

  /** Stands in the place of a layout. */
  static final String LAYOUT = "floor";

  private static final int FILE_BYTES = 64 << 20;

  private Floor() {}

  /** Appends that many bytes and forces them, one after the other. */
  static Row force(Path folder, int bytes, int seconds, int turn) throws IOException {
    Path file = Files.createTempFile(folder, "floor", ".bin");
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var zeros = ByteBuffer.allocateDirect(1 << 20);
      for (int written = 0; written < FILE_BYTES; written += zeros.capacity()) {
        channel.write(zeros.clear(), written);
      }
      channel.force(true);
      var record = ByteBuffer.allocateDirect(bytes);
      long[] position = {0};
      return measure(
          "force",
          bytes,
          seconds,
          turn,
          () -> {
            channel.write(record.clear(), position[0]);
            channel.force(false);
            position[0] = (position[0] + bytes) % (FILE_BYTES - bytes);
          });
    } finally {
      Files.delete(file);
    }
  }

  /** Sends that many bytes to an echo on the loopback and waits for them. */
  static Row loopback(int bytes, int seconds, int turn) throws IOException {
    try (var server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var echo = new Thread(() -> echo(server), "floor-echo");
      echo.setDaemon(true);
      echo.start();
      try (var client = SocketChannel.open(server.getLocalAddress())) {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        var message = ByteBuffer.allocateDirect(bytes);
        return measure(
            "loopback",
            bytes,
            seconds,
            turn,
            () -> {
              write(client, message.clear());
              read(client, message.clear());
            });
      }
    }
  }

  private static void echo(ServerSocketChannel server) {
    try (var peer = server.accept()) {
      peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var buffer = ByteBuffer.allocateDirect(64 << 10);
      while (peer.read(buffer.clear()) >= 0) {
        write(peer, buffer.flip());
      }
    } catch (IOException closed) {
      throw new java.io.UncheckedIOException(closed);
    }
  }

  private interface Operation {
    void run() throws IOException;
  }

  private static Row measure(String system, int bytes, int seconds, int turn, Operation operation)
      throws IOException {
    var latencies = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (System.nanoTime() < warm) {
      operation.run();
    }
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    long cpu = Processes.ownCpuNanos();
    long now = start;
    while (now < end) {
      operation.run();
      long after = System.nanoTime();
      latencies.recordValue(after - now);
      now = after;
    }
    long count = latencies.getTotalCount();
    return new Row(
        system,
        LAYOUT,
        "write",
        1,
        1,
        1,
        bytes,
        count / ((now - start) / 1e9),
        latencies.getValueAtPercentile(50) / 1e3,
        latencies.getValueAtPercentile(99) / 1e3,
        Costs.ofCpu((Processes.ownCpuNanos() - cpu) / 1e3 / count),
        0,
        turn);
  }

  private static void write(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void read(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("the echo went away");
      }
    }
  }
}
