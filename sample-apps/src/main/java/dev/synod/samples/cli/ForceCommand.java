package dev.synod.samples.cli;

import dev.synod.actors.node.QuorumLoss;
import dev.synod.actors.node.QuorumLoss.Forced;
import dev.synod.core.GroupId;
import dev.synod.log.LogSettings;
import dev.synod.log.disk.RealDisk;
import dev.synod.raft.Raft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code synod force-configuration DIR GROUP}. */
@Command(
    name = "force-configuration",
    description = {
      "After a majority of a group's disks is lost for good: makes the replica in a stopped node's "
          + "data folder the group's only member.",
      "Without --accept-loss it only says what would become of it."
    },
    mixinStandardHelpOptions = true)
public final class ForceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The data folder of the survivor that has most.")
  private Path folder = Path.of("");

  @Parameters(paramLabel = "GROUP", description = "The group's name.")
  private String group = "";

  @Option(
      names = "--accept-loss",
      description = "Do it: what was acknowledged and is not on this disk is lost.")
  private boolean isAccepted;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(spec.commandLine(), "There is no folder " + folder + ".");
    }
    var disk = RealDisk.at(folder);
    var tool = new QuorumLoss(LogSettings.STANDARD, new SecureRandom());
    var id = new GroupId(group);
    tell(tool.look(disk, id, Raft.protocol()));
    if (isAccepted) {
      tool.force(disk, id, Raft.protocol());
      say("Done. Start this node; then let others in by membership changes.");
      say("Old members stop as soon as they hear of it: remove their data folders first.");
    } else {
      say("Nothing was changed. With --accept-loss it will be.");
    }
    spec.commandLine().getOut().flush();
    return isAccepted ? Exit.OK : Exit.USAGE;
  }

  private void tell(Forced forced) {
    say(
        "Group %s: %s alone will be its member, from forced configuration number %d on.",
        forced.group(), forced.survivor(), forced.generation());
    say("Its members were: %s", forced.before().members());
    say(
        "It holds entries up to %d: later ones are lost, be they acknowledged or not; all of these "
            + "count from then on, be they acknowledged or not.",
        forced.lastIndex());
    forced.damage().forEach(damage -> say("A newer snapshot is damaged: %s", damage.message()));
  }

  private void say(String format, Object... values) {
    spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
  }
}
