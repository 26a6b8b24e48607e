package dev.synod.testkit;

import static dev.synod.testkit.shrink.ShrinkLimits.STANDARD;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.fault.Seconds;
import dev.synod.testkit.shrink.Scenario;
import dev.synod.testkit.shrink.ShrinkLimits;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs seeds from a command line: {@code --protocol raft --seeds 100 --from 1 --nodes 5 --profile
 * storm --seconds 40 --json}. What was broken is told with its seed, the few faults that it needs,
 * the command that runs it again, and a picture; the last line is a sum, as JSON if asked for. With
 * {@code --schedule FILE} these faults happen, and not those of the seed; with {@code --members}
 * administrators move a group of three among all nodes; with {@code --witnesses 1} so many of the
 * last founders keep no state, and with {@code --observers 2} so many do not vote.
 */
public final class Sim {

  static final Set<String> OPTIONS =
      Set.of(
          "protocol",
          "seeds",
          "from",
          "nodes",
          "witnesses",
          "observers",
          "profile",
          "seconds",
          "schedule",
          "picture",
          "shrink-seconds",
          "heartbeat-ms",
          "election-ms",
          "window-of");

  /** Failures of one command that are made small; the others are told as they are. */
  private static final int SHRUNK_MAX = 3;

  private final PrintStream out;
  private final Map<String, String> options = new HashMap<>();
  private boolean json;
  private boolean each;
  private boolean varied;
  private boolean moving;

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
      if (arguments.contains("--help") || arguments.contains("-h")) {
        out.print(SimHelp.TEXT);
        return 0;
      }
      sim.read(arguments);
      return sim.options.containsKey("window-of") ? sim.measureWindows() : sim.runSeeds();
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
      } else if (argument.equals("--members")) {
        moving = true;
      } else if (argument.startsWith("--") && OPTIONS.contains(argument.substring(2))) {
        if (!rest.hasNext()) {
          throw new IllegalArgumentException(argument + " needs a value");
        }
        options.put(argument.substring(2), rest.next());
      } else {
        throw new IllegalArgumentException(
            "no such option: %s; ./synod sim --help names them".formatted(argument));
      }
    }
  }

  private int measureWindows() {
    new SimWindow(SimProtocol.named(options.getOrDefault("window-of", "paxos"))).tell(out);
    return 0;
  }

  private int runSeeds() {
    var protocol = SimProtocol.named(options.getOrDefault("protocol", "raft"));
    long from = number("from", 1);
    long seeds = number("seeds", 10);
    var profile = Profile.named(options.getOrDefault("profile", "storm"));
    var runs =
        new SimRuns(
            protocol,
            profile,
            varied,
            moving,
            (int) number("witnesses", 0),
            (int) number("observers", 0),
            timing());
    var sum = new SimSum();
    long cpu = cpuNanos();
    for (long seed = from; seed < from + seeds; seed++) {
      var scenario = scenario(seed, profile, runs);
      var run = runs.run(seed, scenario);
      sum.add(run);
      tell(run, scenario, runs, sum.violations() <= SHRUNK_MAX);
    }
    double cpuSeconds = (cpuNanos() - cpu) / 1e9;
    out.println(json ? sum.json(cpuSeconds) : sum.text(cpuSeconds));
    return sum.violations() == 0 ? 0 : 1;
  }

  /** As shipped, unless the command line says otherwise. */
  private Optional<SimTiming> timing() {
    boolean own = options.containsKey("heartbeat-ms");
    if (own != options.containsKey("election-ms")) {
      throw new IllegalArgumentException("--heartbeat-ms and --election-ms belong together");
    }
    return own
        ? Optional.of(new SimTiming(number("heartbeat-ms", 0), number("election-ms", 0)))
        : Optional.empty();
  }

  private Scenario scenario(long seed, Profile profile, SimRuns runs) {
    int nodes = (int) number("nodes", 5);
    var length = Seconds.parse(options.getOrDefault("seconds", "40") + "s");
    var file = options.get("schedule");
    var schedule =
        file == null
            ? GroupRun.schedule(seed, runs.settings(seed, nodes), profile, length)
            : Schedule.parse(text(Path.of(file)));
    return new Scenario(nodes, length, schedule);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private void tell(GroupRun run, Scenario scenario, SimRuns runs, boolean shrinks) {
    boolean isBroken = run.violation().isPresent();
    if (isBroken || !run.undecided().isEmpty() || each) {
      out.printf(
          Locale.ROOT,
          "seed %d: %s, trace %016x%n",
          run.seed(),
          run.violation().map(Object::toString).orElseGet(() -> unbroken(run)),
          run.trace());
    }
    var picture = Optional.ofNullable(options.get("picture")).map(Path::of);
    var cpuMax = Duration.ofSeconds(number("shrink-seconds", STANDARD.cpuMax().toSeconds()));
    var limits = new ShrinkLimits(shrinks ? STANDARD.runsMax() : 0, cpuMax);
    var failure = new SimFailure(runs, limits, out);
    if (isBroken) {
      failure.tell(run, scenario, picture);
    } else if (picture.isPresent()) {
      failure.draw(run.seed(), scenario, picture.get());
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
