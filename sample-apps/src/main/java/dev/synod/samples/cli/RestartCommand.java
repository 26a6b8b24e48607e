package dev.synod.samples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code synod restart N}. */
@Command(
    name = "restart",
    description = "Starts a node of the demo that was killed, on the data that it has.",
    mixinStandardHelpOptions = true)
public final class RestartCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunningDemo demo = new RunningDemo();

  @Parameters(paramLabel = "NODE", description = NodeName.DESCRIPTION)
  private String node = "";

  @Override
  public Integer call() {
    String name = NodeName.parse(node);
    demo.orders().restart(name);
    spec.commandLine().getOut().println(name + " is starting.");
    return Exit.OK;
  }
}
