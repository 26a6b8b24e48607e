package dev.synod.samples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code synod backup GROUP NAME}. */
@Command(
    name = "backup",
    description = {
      "Writes the state of a group of the running demo into a new file, and prints where it is.",
      "./synod log verify FILE checks it, ./synod demo --restore FILE begins anew with it; "
          + "--fresh and --restore leave it where it is."
    },
    mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunningDemo demo = new RunningDemo();

  @Parameters(paramLabel = "GROUP", description = "counter or chat.")
  private String group = "";

  @Parameters(paramLabel = "NAME", description = "A new file's, in the demo's folder of backups.")
  private String name = "";

  @Override
  public Integer call() {
    var commandLine = spec.commandLine();
    var outcome = demo.nodes().once(node -> node.backUp(group, name));
    return Exit.print(outcome, file -> file, commandLine.getOut(), commandLine.getErr());
  }
}
