package dev.synod.samples.demo;

import dev.synod.samples.api.Nodes;
import dev.synod.samples.node.DemoProtocol;
import dev.synod.samples.node.NodeSettings;
import dev.synod.samples.node.NodeSettings.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A demo that runs: this process owns the nodes' processes. Closing it ends them all. Safe for use
 * by many threads.
 */
public final class Demo implements AutoCloseable {

  /** Exit codes of a JVM that ended on SIGINT or SIGTERM: 128 and the signal's number. */
  private static final List<Integer> ENDED_BY_SIGNAL = List.of(130, 143);

  /** Between a Ctrl-C that reaches the nodes and the moment when this process notices it too. */
  private static final Duration SIGNAL_GRACE = Duration.ofMillis(700);

  private final DemoFolder folder;
  private final FileLock lock;
  private final DemoProtocol protocol;
  private final List<Place> places;
  private final Consumer<String> progress;
  private final Nodes nodes;
  private final Control control;
  private final Waiting waiting = new Waiting();
  private final Map<String, NodeProcess> processes = new LinkedHashMap<>();
  private final Object closing = new Object();
  private boolean isClosed;

  private Demo(
      DemoFolder folder,
      FileLock lock,
      DemoProtocol protocol,
      List<Place> places,
      Consumer<String> progress) {
    this.folder = folder;
    this.lock = lock;
    this.protocol = protocol;
    this.places = places;
    this.progress = progress;
    var random = new SecureRandom();
    String token = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    control = Control.start(this, token);
    var self = ProcessHandle.current();
    var file =
        new DemoFile(
            self.pid(),
            DemoFile.startOf(self),
            control.url(),
            token,
            Optional.of(protocol),
            places);
    nodes = file.clients(HttpClientHolder.HTTP);
    folder.write(file);
  }

  /**
   * Starts all nodes of a folder, with what they had when an earlier demo ended there.
   *
   * @param count of nodes; an earlier demo in the folder must have had as many
   * @param asked the groups' protocol, which must be that of an earlier demo in the folder; if
   *     empty, it is that one's, or Raft
   * @param isFresh forgets the earlier demo
   * @param backups with which groups begin; the earlier demo must be forgotten then
   * @param progress is told what happens, in sentences
   * @throws DemoException if it can't start; the text says what to do
   */
  public static Demo start(
      DemoFolder folder,
      int count,
      Optional<DemoProtocol> asked,
      boolean isFresh,
      List<Path> backups,
      Consumer<String> progress) {
    var lock = folder.lock();
    try {
      var kept = backups.stream().map(DemoFolder::keep).toList();
      if (isFresh) {
        folder.clear();
      }
      var demo = new Demo(folder, lock, protocol(folder, asked), places(folder, count), progress);
      var names = demo.places.stream().map(Place::name).toList();
      kept.forEach(backup -> folder.restore(backup, names));
      demo.places.forEach(place -> demo.restart(place.name()));
      return demo;
    } catch (DemoException | UncheckedIOException e) {
      release(lock);
      throw e;
    }
  }

  private static DemoProtocol protocol(DemoFolder folder, Optional<DemoProtocol> asked) {
    var earlier = folder.read().map(file -> file.protocol().orElse(DemoProtocol.RAFT));
    var chosen = asked.or(() -> earlier).orElse(DemoProtocol.RAFT);
    if (earlier.isPresent() && earlier.get() != chosen) {
      throw new DemoException(
          "The demo in %s is replicated by %s, not by %s. Use --fresh or another --dir."
              .formatted(folder.path(), earlier.get(), chosen));
    }
    return chosen;
  }

  private static List<Place> places(DemoFolder folder, int count) {
    var earlier = folder.read().map(DemoFile::nodes);
    if (earlier.isEmpty()) {
      var ports = new Ports(new SecureRandom());
      return Stream.iterate(1, number -> number + 1)
          .limit(count)
          .map(number -> new Place("n" + number, ports.next(), ports.next()))
          .toList();
    }
    var places = earlier.get();
    if (places.size() != count) {
      throw new DemoException(
          "The demo in %s has %d nodes, not %d. Use --nodes %2$d, --fresh or another --dir."
              .formatted(folder.path(), places.size(), count));
    }
    for (var place : places) {
      if (!Ports.isFree(place.nodePort()) || !Ports.isFree(place.webPort())) {
        throw new DemoException(
            "Another program uses a port of node %s (%d or %d). End it, or begin with --fresh."
                .formatted(place.name(), place.nodePort(), place.webPort()));
      }
    }
    return places;
  }

  public DemoFolder folder() {
    return folder;
  }

  /** What replicates its groups. */
  public DemoProtocol protocol() {
    return protocol;
  }

  public Waiting waiting() {
    return waiting;
  }

  /** Clients of all nodes, running or not. */
  public Nodes nodes() {
    return nodes;
  }

  /** Clients of the nodes that run, at least one. */
  public Nodes runningNodes() {
    var running = nodes.all().stream().filter(node -> isRunning(node.name())).toList();
    if (running.isEmpty()) {
      throw new DemoException("No node is running. Start one with restart.");
    }
    return new Nodes(running);
  }

  public boolean isAnyRunning() {
    return places.stream().anyMatch(place -> isRunning(place.name()));
  }

  /** Every node's page. */
  public List<URI> pages() {
    return places.stream().map(Place::url).toList();
  }

  public synchronized boolean isRunning(String name) {
    var process = processes.get(name);
    return process != null && process.isRunning();
  }

  /** Kills the node with SIGKILL. */
  public synchronized void kill(String name) {
    if (!isRunning(place(name).name())) {
      throw new DemoException("Node " + name + " is not running.");
    }
    var process = processes.get(name);
    if (process != null) {
      process.kill();
      progress.accept("%s killed  (kill -9 %d)".formatted(name, process.pid()));
    }
  }

  /** Starts the node, on the data that it has. */
  public synchronized void restart(String name) {
    var place = place(name);
    if (isClosed || isRunning(name)) {
      throw new DemoException(
          isClosed ? "The demo is ending." : "Node " + name + " is already running.");
    }
    boolean isAgain = processes.containsKey(name);
    var settings = new NodeSettings(name, folder.data(name), protocol, places);
    var process = NodeProcess.start(settings, folder.log(name), exitCode -> onLost(name, exitCode));
    processes.put(name, process);
    progress.accept(
        "%s %s  pid %d  %s  log %s"
            .formatted(
                name,
                isAgain ? "restarted" : "started",
                process.pid(),
                place.url(),
                folder.log(name)));
  }

  private void onLost(String name, int exitCode) {
    if (ENDED_BY_SIGNAL.contains(exitCode) && !waiting.pass(SIGNAL_GRACE)) {
      return; // Ctrl-C reached the node before it reached us
    }
    if (!waiting.isEnded()) {
      progress.accept(
          "%s ENDED BY ITSELF with exit code %d. Its log: %s  Start it again: ./synod restart %s"
              .formatted(name, exitCode, folder.log(name), name));
    }
  }

  private Place place(String name) {
    return places.stream()
        .filter(place -> place.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DemoException(
                    "There is no node %s. The nodes are %s."
                        .formatted(
                            name, String.join(", ", places.stream().map(Place::name).toList()))));
  }

  /** Ends all nodes, by their process, and gives the folder back. Comes back when that is done. */
  @Override
  public void close() {
    waiting.end();
    synchronized (closing) {
      var running = endedForNew();
      if (running.isEmpty()) {
        return;
      }
      control.close();
      running.get().forEach(NodeProcess::stop);
      running.get().forEach(NodeProcess::awaitEnd);
      folder.read().ifPresent(file -> folder.write(file.ended()));
      release(lock);
    }
  }

  /** Lets no node start from now on, and gives all there are; empty if that was done before. */
  private synchronized Optional<List<NodeProcess>> endedForNew() {
    if (isClosed) {
      return Optional.empty();
    }
    isClosed = true;
    return Optional.of(List.copyOf(processes.values()));
  }

  private static void release(FileLock lock) {
    try {
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Made when first needed, then shared. */
  private static final class HttpClientHolder {
    private static final HttpClient HTTP = dev.synod.samples.api.NodeClient.sharedHttp();
  }
}
