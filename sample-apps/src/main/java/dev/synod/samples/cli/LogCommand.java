package dev.synod.samples.cli;

import dev.synod.log.inspect.LogInspector;
import dev.synod.log.snapshot.SnapshotFile;
import dev.synod.samples.api.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code synod log inspect | verify}. */
@Command(
    name = "log",
    description = "Looks into a node's log on disk, which no process may be using.",
    mixinStandardHelpOptions = true)
public final class LogCommand implements Runnable {

  private static final String DIRECTORY =
      "A node's data folder, such as .synod/demo/n1/data of an ended demo.";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: log inspect DIR, log verify DIR.");
  }

  @Command(
      description = {
        "Prints its segments and groups with their members, terms, votes and snapshots, and what is"
            + " damaged.",
        "Exit code 1 if anything is."
      },
      mixinStandardHelpOptions = true)
  int inspect(
      @Parameters(paramLabel = "DIR", description = DIRECTORY) Path folder,
      @Option(names = "--records", description = "Prints every record too.") boolean isVerbose,
      @Option(names = "--json", description = "Prints one JSON object.") boolean isJson)
      throws IOException {
    if (isJson) {
      var holding = LogInspector.holding(folder);
      out().println(Json.write(LogJson.of(holding)));
      return flushed(holding.isIntact() ? LogInspector.INTACT : LogInspector.DAMAGED);
    }
    return flushed(LogInspector.inspect(folder, out(), isVerbose));
  }

  @Command(
      description = {
        "Checks every checksum, and prints what is damaged, where, and what to do.",
        "Of a file, checks the backup in it."
      },
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(
              paramLabel = "DIR|FILE",
              description = {DIRECTORY, "Or a backup."})
          Path folder)
      throws IOException {
    if (Files.isRegularFile(folder)) {
      var backup = SnapshotFile.at(folder).checked();
      out()
          .printf(
              Locale.ROOT,
              "The backup of group %s up to entry %d is intact.%n",
              backup.group(),
              backup.position().index());
      return flushed(LogInspector.INTACT);
    }
    int code = LogInspector.verify(folder, out());
    if (code == LogInspector.INTACT) {
      out().println("The log and its snapshots are intact.");
    }
    return flushed(code);
  }

  private int flushed(int code) {
    out().flush();
    return switch (code) {
      case LogInspector.INTACT -> Exit.OK;
      case LogInspector.DAMAGED -> Exit.FAILED;
      default -> Exit.USAGE;
    };
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
