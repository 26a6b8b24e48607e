package dev.synod.samples.demo;

import dev.synod.samples.node.NodeMain;
import dev.synod.samples.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** The JVM of one node. Known by its handle, so that no other process is ever touched. */
final class NodeProcess {

  /** Small, quick to start, and content with few cores. */
  private static final List<String> FLAGS =
      List.of(
          "-Xms32m",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4",
          "-Dlogback.configurationFile=logback-node.xml");

  /** The one setting of Synod that nodes take from the demo's own JVM, if it has it. */
  private static final String TRANSPORT = "synod.transport";

  /** For a node to end by itself, once told. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private volatile boolean isExpectedToEnd;

  private NodeProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts the JVM.
   *
   * @param onLost called with the exit code if it ends without having been told to
   */
  static NodeProcess start(NodeSettings settings, Path log, IntConsumer onLost) {
    try {
      Files.createDirectories(settings.folder());
      var builder = new ProcessBuilder(command(settings, log));
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      var node = new NodeProcess(settings.name(), builder.start());
      node.watch(onLost);
      return node;
    } catch (IOException e) {
      throw new DemoException(
          "Node " + settings.name() + " can't be started: " + e.getMessage(), e);
    }
  }

  private static List<String> command(NodeSettings settings, Path log) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    Optional.ofNullable(System.getProperty(TRANSPORT))
        .ifPresent(transport -> command.add("-D" + TRANSPORT + "=" + transport));
    command.add("-XX:ErrorFile=" + log.resolveSibling("hs_err_%p.log"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(NodeMain.class.getName());
    command.add(settings.toJson());
    return command;
  }

  private void watch(IntConsumer onLost) {
    var unused =
        process
            .onExit()
            .thenAccept(
                ended -> {
                  if (!isExpectedToEnd) {
                    onLost.accept(ended.exitValue());
                  }
                });
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** SIGKILL: the node can't do anything about it, and nothing more. Comes back when it is dead. */
  void kill() {
    isExpectedToEnd = true;
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Tells the node to end, without waiting. */
  void stop() {
    isExpectedToEnd = true;
    process.destroy();
  }

  /** Waits for the node to end; kills it if it takes too long. */
  void awaitEnd() {
    try {
      process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new CompletionException(e);
    }
  }
}
