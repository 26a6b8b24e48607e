package dev.synod.benchmarks;

import dev.synod.benchmarks.jmh.LogAppend;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.bytecode.JmhBytecodeGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code ./synod bench jmh}. JMH's loops around the benchmarks are generated and
 * compiled when they are run, so that no build of the project pays for them.
 */
@Command(
    name = "jmh",
    mixinStandardHelpOptions = true,
    description = "Runs the small benchmarks: log, codecs, rules.")
final class JmhCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "PATTERN",
      arity = "0..1",
      description = "those whose name it matches (default: all)")
  private String pattern = ".*";

  @Option(names = "--options", description = "for JMH, separated by spaces, such as \"-f 1 -i 3\"")
  private String options = "";

  @Option(names = "--folder", description = "where generated code goes while they run")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Override
  public Integer call() throws Exception {
    return Folders.with(folder, this::run);
  }

  private int run(Path own) throws Exception {
    Path only = benchmarkClasses(own.resolve("classes"));
    Path sources = Files.createDirectories(own.resolve("sources"));
    Path generated = Files.createDirectories(own.resolve("generated"));
    JmhBytecodeGenerator.main(
        new String[] {only.toString(), sources.toString(), generated.toString()});
    compile(sources, generated);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(generated + java.io.File.pathSeparator + System.getProperty("java.class.path"));
    command.add("org.openjdk.jmh.Main");
    command.add(pattern);
    if (!options.isBlank()) {
      command.addAll(List.of(options.strip().split(" +")));
    }
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  /** Copies the classes of the benchmarks' package, so that only they are looked at. */
  private static Path benchmarkClasses(Path to) throws IOException, URISyntaxException {
    var classes =
        Path.of(LogAppend.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path part = Path.of(LogAppend.class.getPackageName().replace('.', '/'));
    Files.createDirectories(to.resolve(part));
    try (Stream<Path> files = Files.list(classes.resolve(part))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(part).resolve(file.getFileName()));
      }
    }
    return to;
  }

  private static void compile(Path sources, Path to) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("a JDK is needed; this Java has no compiler");
    }
    var arguments =
        new ArrayList<>(
            List.of(
                "-nowarn",
                "-proc:none",
                "-d",
                to.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
      throw new IllegalStateException("the generated code did not compile");
    }
  }
}
