package dev.synod.testkit;

import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.fault.Seconds;
import dev.synod.testkit.picture.Caption;
import dev.synod.testkit.picture.Page;
import dev.synod.testkit.shrink.Scenario;
import dev.synod.testkit.shrink.ShrinkLimits;
import dev.synod.testkit.shrink.Shrinker;
import dev.synod.testkit.shrink.Shrunk;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells of a seed that broke something: in few faults, with the command and a picture. */
final class SimFailure {

  private final SimRuns runs;
  private final ShrinkLimits limits;
  private final PrintStream out;

  SimFailure(SimRuns runs, ShrinkLimits limits, PrintStream out) {
    this.runs = runs;
    this.limits = limits;
    this.out = out;
  }

  /**
   * Shrinks it and writes its files.
   *
   * @param picture where it is to be drawn; beside the schedule if empty
   */
  void tell(GroupRun failed, Scenario scenario, Optional<Path> picture) {
    long seed = failed.seed();
    var shrunk =
        Shrinker.shrink(
            scenario,
            failed.violation().orElseThrow(),
            smaller -> runs.run(seed, smaller).violation(),
            limits,
            SimFailure::cpuNanos,
            out::println);
    var small = shrunk.scenario();
    var file = faults(seed, shrunk.violation().toString(), small);
    out.println("commit " + Provenance.commit());
    out.println(how(scenario, shrunk) + ": " + shrunk.violation());
    out.println(small.schedule());
    out.println("again: " + runs.command(seed, small, file));
    var page = picture.orElse(Provenance.reports().resolve("seed-" + seed + ".html"));
    draw(seed, small, how(scenario, shrunk), file, page);
  }

  /** Draws a run that broke nothing. */
  void draw(long seed, Scenario scenario, Path picture) {
    draw(seed, scenario, "As drawn", faults(seed, "well", scenario), picture);
  }

  private static Path faults(long seed, String verdict, Scenario scenario) {
    var file = Provenance.reports().resolve("seed-" + seed + ".faults");
    var remark = verdict.replace('\n', ' ');
    write(file, "# seed " + seed + ": " + remark + "\n" + scenario.schedule() + "\n");
    return file;
  }

  private void draw(long seed, Scenario scenario, String remark, Path faults, Path picture) {
    var recorded = runs.record(seed, scenario);
    var caption =
        new Caption(
            "Seed " + seed,
            recorded.run().violation(),
            List.of(
                "Commit " + Provenance.commit(),
                "%d nodes, profile %s, %s with faults"
                    .formatted(scenario.nodes(), runs.profile(), Seconds.text(scenario.length())),
                remark),
            runs.command(seed, scenario, faults),
            scenario.schedule().toString());
    write(
        picture,
        picture.toString().endsWith(".svg")
            ? Page.svg(recorded.recorder(), caption)
            : Page.of(recorded.recorder(), caption));
    out.println("picture: " + picture);
  }

  private static String how(Scenario before, Shrunk shrunk) {
    return "shrunk from %d to %d faults, from %d to %d nodes, from %s to %s in %d runs%s"
        .formatted(
            before.schedule().faults().size(),
            shrunk.scenario().schedule().faults().size(),
            before.nodes(),
            shrunk.scenario().nodes(),
            Seconds.text(before.length()),
            Seconds.text(shrunk.scenario().length()),
            shrunk.runs(),
            shrunk.isFinished() ? "" : " (ended by a limit)");
  }

  static void write(Path file, String text) {
    try {
      var folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
