package dev.synod.samples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code synod kill N}. */
@Command(
    name = "kill",
    description = "Kills a node of the demo with SIGKILL, as kill -9 does.",
    mixinStandardHelpOptions = true)
public final class KillCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunningDemo demo = new RunningDemo();

  @Parameters(paramLabel = "NODE", description = NodeName.DESCRIPTION)
  private String node = "";

  @Override
  public Integer call() {
    String name = NodeName.parse(node);
    demo.orders().kill(name);
    spec.commandLine().getOut().println(name + " is killed.");
    return Exit.OK;
  }
}
