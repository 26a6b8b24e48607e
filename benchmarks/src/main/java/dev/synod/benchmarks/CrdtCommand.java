package dev.synod.benchmarks;

import dev.synod.benchmarks.jmh.ReplicatedTypes;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./synod bench crdt}: so far, the small benchmarks of the types. */
@Command(
    name = "crdt",
    mixinStandardHelpOptions = true,
    description = "Measures replicated data types beside Pekko's Distributed Data.")
final class CrdtCommand implements Callable<Integer> {

  @Option(names = "--options", description = "for JMH, separated by spaces, such as \"-f 1 -i 3\"")
  private String options = "";

  @Override
  public Integer call() {
    return new CommandLine(new JmhCommand())
        .execute(ReplicatedTypes.class.getSimpleName(), "--options", options);
  }
}
