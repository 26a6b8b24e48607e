package dev.synod.samples.cli;

import dev.synod.samples.api.NodeClient;
import dev.synod.samples.api.NodeStatus;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code synod status}. */
@Command(
    name = "status",
    description = {
      "Shows how the demo's nodes are, as each sees itself.",
      "Lag counts entries not applied yet; last contact is the leader's."
    },
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunningDemo demo = new RunningDemo();

  @Override
  public Integer call() {
    var statuses = new LinkedHashMap<String, Optional<NodeStatus>>();
    for (NodeClient node : demo.nodes().all()) {
      statuses.put(node.name(), node.status());
    }
    spec.commandLine().getOut().print(StatusTable.of(statuses));
    spec.commandLine().getOut().flush();
    return Exit.OK;
  }
}
