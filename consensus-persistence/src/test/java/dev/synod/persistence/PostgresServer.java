package dev.synod.persistence;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own, on a loopback port and in a temporary folder, which forces its
 * log at each commit. Run by the user {@code postgres} where the tests run as root, since the
 * server refuses that.
 */
final class PostgresServer implements AutoCloseable {

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String OTHER_USER = "postgres";

  private final Path binaries;
  private final Path folder;
  private final int port;

  private PostgresServer(Path binaries, Path folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
  }

  /** Where the server's programs are; empty if it is not installed, or no user may run it. */
  static Optional<Path> installed() {
    return Stream.concat(Arrays.stream(path()), debian().stream())
        .filter(place -> Files.isExecutable(place.resolve("initdb")))
        .filter(place -> Files.isExecutable(place.resolve("pg_ctl")))
        .filter(place -> !isRoot() || hasOtherUser())
        .findFirst();
  }

  static PostgresServer start(Path binaries) throws IOException {
    var folder = Files.createTempDirectory("synod-postgres");
    if (isRoot()) {
      Files.setOwner(
          folder,
          FileSystems.getDefault()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(OTHER_USER));
    }
    var server = new PostgresServer(binaries, folder, freePort());
    server.run("initdb", "-A", "trust", "-U", "synod", "-E", "UTF8", "--locale=C");
    var options =
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s"
            .formatted(server.port, folder);
    server.run(
        "pg_ctl", "-w", "-l", folder.resolve("server.log").toString(), "-o", options, "start");
    return server;
  }

  Database database(String name) {
    return new Database(
        "slick.jdbc.PostgresProfile$",
        "org.postgresql.Driver",
        "jdbc:postgresql://127.0.0.1:" + port + "/" + name,
        "synod",
        "");
  }

  /** Ends the server, by its process id that stands in its folder. */
  @Override
  public void close() throws IOException {
    run("pg_ctl", "-w", "-m", "immediate", "stop");
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void run(String program, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", OTHER_USER, "--"));
    }
    command.addAll(List.of(binaries.resolve(program).toString(), "-D", folder + "/data"));
    command.addAll(List.of(arguments));
    var output = Files.createTempFile("synod-postgres", ".txt");
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!ends(process) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(program + " failed: " + Files.readString(output));
      }
    } finally {
      Files.delete(output);
    }
  }

  private static boolean ends(Process process) throws IOException {
    try {
      return process.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Path[] path() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(Path::of)
        .toArray(Path[]::new);
  }

  private static List<Path> debian() {
    try (var versions = Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.<Path>empty()) {
      return versions.map(version -> version.resolve("bin")).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static boolean hasOtherUser() {
    try {
      FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(OTHER_USER);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Below those that an operating system gives out by itself: one of these could be another
   * process's connection by the time that the server begins to listen. Each process begins
   * elsewhere.
   */
  private static int freePort() {
    int port = 10_000 + (int) (ProcessHandle.current().pid() % 34 * 640);
    while (!isFree(port)) {
      port++;
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
