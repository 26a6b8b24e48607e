package dev.synod.benchmarks;

import dev.synod.benchmarks.crdt.Replicating;
import dev.synod.benchmarks.jmh.ReplicatedTypes;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./synod bench crdt}. */
@Command(
    name = "crdt",
    mixinStandardHelpOptions = true,
    description = {
      "Measures replicated data types, in memory and on disk, beside Pekko's Distributed Data:",
      "how soon a change is seen on another node, writes, how long a node takes to join, and what",
      "is left of keys that were removed; then, in one process, merges."
    })
final class CrdtCommand implements Callable<Integer> {

  @Option(names = "--writes", description = "that are seen elsewhere (default: ${DEFAULT-VALUE})")
  private int writes = 200;

  @Option(names = "--seconds", description = "of local writes (default: ${DEFAULT-VALUE})")
  private int seconds = 5;

  @Option(names = "--turns", description = "of local writes (default: ${DEFAULT-VALUE})")
  private int turns = 5;

  @Option(names = "--keys", description = "that a node joins (default: ${DEFAULT-VALUE})")
  private int keys = 100_000;

  @Option(names = "--elements", description = "of a set (default: ${DEFAULT-VALUE})")
  private int elements = 1_000_000;

  @Option(names = "--forgotten", description = "made and removed (default: ${DEFAULT-VALUE})")
  private int forgotten = 1_000_000;

  @Option(names = "--patience", description = "seconds for a join (default: ${DEFAULT-VALUE})")
  private int patience = 90;

  @Option(names = "--folder", description = "where values on disk go (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--no-types", description = "leave out the small benchmarks of the types")
  private boolean withoutTypes;

  @Option(names = "--options", description = "for JMH, separated by spaces, such as \"-f 1 -i 3\"")
  private String options = "";

  @Override
  public Integer call() throws Exception {
    var course =
        new Replicating.Course(writes, seconds, turns, keys, elements, forgotten, patience);
    Folders.with(
        folder,
        own -> {
          Replicating.run(course, own);
          return 0;
        });
    return withoutTypes
        ? 0
        : new CommandLine(new JmhCommand())
            .execute(ReplicatedTypes.class.getSimpleName(), "--options", options);
  }
}
