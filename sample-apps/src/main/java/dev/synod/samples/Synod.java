package dev.synod.samples;

import dev.synod.samples.cli.BackupCommand;
import dev.synod.samples.cli.ChatCommand;
import dev.synod.samples.cli.CounterCommand;
import dev.synod.samples.cli.DemoCommand;
import dev.synod.samples.cli.Exit;
import dev.synod.samples.cli.ForceCommand;
import dev.synod.samples.cli.KillCommand;
import dev.synod.samples.cli.LogCommand;
import dev.synod.samples.cli.ModesCommand;
import dev.synod.samples.cli.RestartCommand;
import dev.synod.samples.cli.ScriptCommand;
import dev.synod.samples.cli.StatusCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code synod} command. Exit codes: see {@link Exit}. */
@Command(
    name = "synod",
    description = "Consensus as Pekko actors: run the demo, use it, break it.",
    subcommands = {
      DemoCommand.class,
      CounterCommand.class,
      ChatCommand.class,
      StatusCommand.class,
      KillCommand.class,
      RestartCommand.class,
      LogCommand.class,
      BackupCommand.class,
      ForceCommand.class,
      ModesCommand.Ladder.class,
      ModesCommand.Cap.class,
      ScriptCommand.Sim.class,
      ScriptCommand.Compare.class,
      ScriptCommand.Bench.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    version = "synod 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%n",
    footer = {
      "Begin with  ./synod demo  and, in another terminal,  ./synod counter add 5,",
      "./synod chat --name ann,  ./synod kill n1,  ./synod status,  ./synod restart n1.",
      "",
      "Exit codes: 0 done, 1 failed or rejected, 2 wrong usage, 3 outcome unknown"
    })
public final class Synod {

  private Synod() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command with all its parts; also what tests run. */
  public static CommandLine commandLine() {
    return Exit.codesOf(new CommandLine(new Synod()).setCaseInsensitiveEnumValuesAllowed(true));
  }
}
