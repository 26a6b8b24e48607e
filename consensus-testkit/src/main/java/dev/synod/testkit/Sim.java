package dev.synod.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.raft.RaftLens;
import dev.synod.testkit.raft.RaftVariety;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Runs seeds from a command line: {@code --protocol raft --seeds 100 --from 1 --nodes 5 --profile
 * storm --seconds 40 --json}. What was broken is told with its seed, its faults and the command
 * that runs it again; the last line is a sum, as JSON if asked for.
 */
public final class Sim {

  private static final Set<String> OPTIONS =
      Set.of("protocol", "seeds", "from", "nodes", "profile", "seconds");

  private final PrintStream out;
  private final Map<String, String> options = new HashMap<>();
  private boolean json;
  private boolean each;
  private boolean varied;

  private Sim(PrintStream out) {
    this.out = out;
  }

  /** The process ends with what {@link #run} says. */
  public static void main(String[] arguments) {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    System.exit(run(List.of(arguments), out));
  }

  /**
   * Runs what the arguments say.
   *
   * @return 0 if all is well, 1 if something was broken, 2 if the arguments make no sense
   */
  public static int run(List<String> arguments, PrintStream out) {
    var sim = new Sim(out);
    try {
      sim.read(arguments);
      return sim.runSeeds();
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return 2;
    }
  }

  private void read(List<String> arguments) {
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      var argument = rest.next();
      if (argument.equals("--json")) {
        json = true;
      } else if (argument.equals("--each")) {
        each = true;
      } else if (argument.equals("--vary")) {
        varied = true;
      } else if (argument.startsWith("--") && OPTIONS.contains(argument.substring(2))) {
        if (!rest.hasNext()) {
          throw new IllegalArgumentException(argument + " needs a value");
        }
        options.put(argument.substring(2), rest.next());
      } else {
        throw new IllegalArgumentException(
            "no such option: " + argument + "; there are --json, --each, --vary and --" + OPTIONS);
      }
    }
  }

  private int runSeeds() {
    var protocol = options.getOrDefault("protocol", "raft");
    if (!protocol.equals("raft")) {
      throw new IllegalArgumentException("only raft can be simulated, not " + protocol);
    }
    long from = number("from", 1);
    long seeds = number("seeds", 10);
    int nodes = (int) number("nodes", 5);
    var profile = Profile.named(options.getOrDefault("profile", "storm"));
    var length = Duration.ofSeconds(number("seconds", 40));
    var sum = new SimSum();
    long cpu = cpuNanos();
    for (long seed = from; seed < from + seeds; seed++) {
      var run = GroupRun.of(seed, settings(seed, nodes), profile, length);
      sum.add(run);
      if (run.violation().isPresent() || !run.undecided().isEmpty() || each) {
        tell(run, nodes, profile, length);
      }
    }
    double cpuSeconds = (cpuNanos() - cpu) / 1e9;
    out.println(json ? sum.json(cpuSeconds) : sum.text(cpuSeconds));
    return sum.violations() == 0 ? 0 : 1;
  }

  private GroupSettings settings(long seed, int nodes) {
    return varied
        ? RaftVariety.of(seed, nodes)
        : GroupSettings.of(Raft.protocol(), new RaftLens(), nodes, Recovery.raft().total());
  }

  private void tell(GroupRun run, int nodes, Profile profile, Duration length) {
    out.printf(
        Locale.ROOT,
        "seed %d: %s, trace %016x%n",
        run.seed(),
        run.violation().map(Object::toString).orElseGet(() -> unbroken(run)),
        run.trace());
    if (run.violation().isPresent()) {
      out.println(run.schedule());
      out.printf(
          Locale.ROOT,
          "again: ./synod sim --protocol raft --seeds 1 --from %d --nodes %d --profile %s --seconds"
              + " %d%s%n",
          run.seed(),
          nodes,
          profile.name().toLowerCase(Locale.ROOT),
          length.toSeconds(),
          varied ? " --vary" : "");
    }
  }

  private static String unbroken(GroupRun run) {
    return run.undecided().isEmpty() ? "well" : String.join("; ", run.undecided());
  }

  private long number(String option, long standard) {
    var text = options.get(option);
    try {
      return text == null ? standard : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--" + option + " is a number, but got \"" + text + "\"");
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
