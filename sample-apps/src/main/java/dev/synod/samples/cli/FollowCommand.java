package dev.synod.samples.cli;

import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.samples.api.CounterChange;
import dev.synod.samples.demo.Waiting;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code synod counter follow}: reads the value once, and from there on a watch says the rest. */
@Command(
    name = "follow",
    description = {
      "Prints the value, then each change as it is applied, none left out, until it is"
          + " interrupted.",
      "When its node goes, it goes on at another one."
    },
    mixinStandardHelpOptions = true)
final class FollowCommand implements Callable<Integer> {

  /** After all nodes were tried. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  @Spec private CommandSpec spec = CommandSpec.create();

  @ParentCommand private CounterCommand counter = new CounterCommand();

  @Option(
      names = "--changes",
      paramLabel = "N",
      description = "Ends after so many changes (default: never).")
  private Optional<Long> changes = Optional.empty();

  private final Waiting waiting = new Waiting();
  private long value;
  private long index;
  private long left;

  @Override
  public Integer call() {
    left = changes.orElse(Long.MAX_VALUE);
    var nodes = counter.nodes();
    var start = nodes.repeatably(node -> node.counter(Read.linearizable()));
    if (!(start instanceof Outcome.Ok<Long> ok)) {
      return Exit.printRead(start, String::valueOf, out(), spec.commandLine().getErr());
    }
    value = ok.reply();
    index = ok.index();
    print(String.valueOf(value));
    while (left > 0) {
      for (var node : nodes.all()) {
        var end = left > 0 ? node.follow(index, this::take) : Optional.<String>empty();
        if (end.isPresent()) {
          spec.commandLine().getErr().println(end.get());
          return Exit.FAILED;
        }
      }
      if (left > 0 && !waiting.pass(PAUSE)) {
        break;
      }
    }
    return Exit.OK;
  }

  private boolean take(CounterChange change) {
    index = change.index();
    value += change.by();
    print("%d  (%+d)".formatted(value, change.by()));
    left--;
    return left > 0;
  }

  private void print(String line) {
    out().println(line);
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
