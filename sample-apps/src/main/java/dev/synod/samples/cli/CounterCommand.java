package dev.synod.samples.cli;

import dev.synod.core.Read;
import dev.synod.samples.api.Amount;
import dev.synod.samples.api.Nodes;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code synod counter add N | get | follow}. */
@Command(
    name = "counter",
    description = "Adds to the demo's counter, reads it, or follows it.",
    subcommands = FollowCommand.class,
    mixinStandardHelpOptions = true)
public final class CounterCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunningDemo demo = new RunningDemo();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: counter add N, counter get, counter follow.");
  }

  @Command(
      description = "Adds N, which may be negative, and prints the new value.",
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "N", description = "A whole number, at most a million.")
          String amount) {
    long checked = Amount.parse(amount);
    var outcome = demo.nodes().once(node -> node.add(checked));
    return Exit.print(outcome, String::valueOf, out(), err());
  }

  @Command(description = "Prints the value.", mixinStandardHelpOptions = true)
  int get(
      @Option(
              names = "--stale",
              description = "What the first node holds, perhaps old: also without a majority.")
          boolean isStale) {
    var read = isStale ? Read.stale() : Read.linearizable();
    var outcome = demo.nodes().repeatably(node -> node.counter(read));
    return Exit.printRead(outcome, String::valueOf, out(), err());
  }

  /** All nodes of the demo, which must be running. */
  Nodes nodes() {
    return demo.nodes();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
