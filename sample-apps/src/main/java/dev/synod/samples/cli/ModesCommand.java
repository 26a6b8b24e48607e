package dev.synod.samples.cli;

import dev.synod.samples.modes.Expectation;
import dev.synod.samples.modes.Modes;
import dev.synod.samples.modes.Notes;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code synod modes} and {@code synod cap-demo}: need no demo, and end by themselves. */
public abstract class ModesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var notes = new Notes(out);
    play(notes);
    var expectations = notes.expectations();
    long failed = expectations.stream().filter(it -> !it.holds()).count();
    out.printf("%n%d of %d were as expected%n", expectations.size() - failed, expectations.size());
    out.flush();
    return expectations.stream().allMatch(Expectation::holds) ? Exit.OK : Exit.FAILED;
  }

  abstract void play(Notes notes);

  ParameterException misuse(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  /** {@code synod modes}. */
  @Command(
      name = "modes",
      description = {
        "Shows a counter, a stock of tickets, a chat and a word count on three nodes in this"
            + " process, of which one is cut off for a while: what each mode promises, EVENTUAL,"
            + " CAUSAL, BOUNDED and LINEARIZABLE, and what it does not.",
        "Ends with 0 if all was as promised."
      },
      mixinStandardHelpOptions = true)
  public static final class Ladder extends ModesCommand {

    @Option(names = "--act", paramLabel = "N", description = "Only this act, 1 to 6.")
    private Optional<Integer> act = Optional.empty();

    @Override
    void play(Notes notes) {
      if (act.isEmpty()) {
        Modes.play(notes);
        return;
      }
      int number = act.get();
      if (number < 1 || number > Modes.count()) {
        throw misuse("--act is 1 to %d, not %d.".formatted(Modes.count(), number));
      }
      Modes.play(number, notes);
    }
  }

  /** {@code synod cap-demo}. */
  @Command(
      name = "cap-demo",
      description = {
        "Cuts three nodes in this process into two sites, and asks both of a counter by consensus"
            + " and of one by merging.",
        "Ends with 0 if all was as promised."
      },
      mixinStandardHelpOptions = true)
  public static final class Cap extends ModesCommand {

    @Override
    void play(Notes notes) {
      Modes.playCap(notes);
    }
  }
}
