package dev.synod.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of the kind of this one. */
public final class JavaProcess {

  /** For all systems alike. */
  private static final List<String> FLAGS =
      List.of(
          "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4",
          "-Dslf4j.internal.verbosity=ERROR",
          // JRaft's serializer looks into strings, and its parts and protobuf warn of each other.
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "-Dsofa.middleware.log.disable=true",
          "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true");

  private JavaProcess() {}

  /**
   * Starts a main class. What it prints for people goes where this process's own errors go; its
   * standard input and output are pipes, the input so that it notices when this process ends.
   */
  public static Process start(
      String classPath, List<String> flags, Class<?> main, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
