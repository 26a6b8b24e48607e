package dev.synod.samples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Commands that stand in modules of their own: the script {@code synod} starts them itself. */
public abstract class ScriptCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine()
        .getErr()
        .println("synod " + spec.name() + " is started by the script synod of a checkout.");
    return Exit.USAGE;
  }

  /** {@code synod sim}. */
  @Command(
      name = "sim",
      description = "Runs simulated clusters under faults, each from its seed; --help says how.",
      mixinStandardHelpOptions = true)
  public static final class Sim extends ScriptCommand {}

  /** {@code synod compare}. */
  @Command(
      name = "compare",
      description = "Counts what each protocol costs, in simulations; --help says more.",
      mixinStandardHelpOptions = true)
  public static final class Compare extends ScriptCommand {}

  /** {@code synod bench}. */
  @Command(
      name = "bench",
      description = "Measures replication beside this machine's floor; --help says how.",
      mixinStandardHelpOptions = true)
  public static final class Bench extends ScriptCommand {}
}
