package dev.synod.samples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Names that are kept for what is not there yet, and say so. */
public abstract class LaterCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getErr().println("synod " + spec.name() + " is not there yet.");
    return Exit.USAGE;
  }

  /** {@code synod sim}. */
  @Command(
      name = "sim",
      description = "Not there yet: will replay a simulated cluster from its seed.",
      mixinStandardHelpOptions = true)
  public static final class Sim extends LaterCommand {}

  /** {@code synod bench}. */
  @Command(
      name = "bench",
      description = "Not there yet: will measure Synod beside its peers.",
      mixinStandardHelpOptions = true)
  public static final class Bench extends LaterCommand {}
}
