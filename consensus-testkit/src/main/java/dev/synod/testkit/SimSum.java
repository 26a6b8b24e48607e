package dev.synod.testkit;

import dev.synod.testkit.cluster.GroupRun;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What many seeds add up to. */
final class SimSum {

  /** Virtual seconds in a second of CPU are virtual minutes in a minute of it: so many an hour. */
  private static final double MINUTE = 60;

  private long seeds;
  private long violations;
  private long unknown;
  private long steps;
  private long done;
  private long asked;
  private long changesAsked;
  private long changesDone;
  private double virtualSeconds;
  private final Map<String, Integer> faults = new TreeMap<>();

  void add(GroupRun run) {
    seeds++;
    violations += run.violation().isPresent() ? 1 : 0;
    unknown += run.undecided().isEmpty() ? 0 : 1;
    steps += run.steps();
    virtualSeconds += run.virtualTime().toNanos() / 1e9;
    done += run.tally().done();
    asked += run.tally().asked();
    changesAsked += run.administration().asked();
    changesDone += run.administration().done();
    run.faults().forEach((kind, count) -> faults.merge(kind, count, Integer::sum));
  }

  long violations() {
    return violations;
  }

  /** Runs of which nobody can tell: a check of their history gave up. They have not passed. */
  long unknown() {
    return unknown;
  }

  String json(double cpuSeconds) {
    return String.format(
        Locale.ROOT,
        "{\"seeds\":%d,\"violations\":%d,\"unknown\":%d,\"steps\":%d,\"virtualSeconds\":%.0f,"
            + "\"cpuSeconds\":%.1f,\"stepsPerCpuSecond\":%.0f,"
            + "\"virtualHoursPerCpuMinute\":%.1f,\"requests\":%d,\"acknowledged\":%d,"
            + "\"changes\":%d,\"changesDone\":%d,\"faults\":{%s}}",
        seeds,
        violations,
        unknown,
        steps,
        virtualSeconds,
        cpuSeconds,
        steps / cpuSeconds,
        virtualSeconds / MINUTE / cpuSeconds,
        asked,
        done,
        changesAsked,
        changesDone,
        faults.entrySet().stream()
            .map(fault -> "\"" + fault.getKey() + "\":" + fault.getValue())
            .collect(Collectors.joining(",")));
  }

  String text(double cpuSeconds) {
    return String.format(
        Locale.ROOT,
        "%d seeds, %d violations, %d unknown, %d steps, %.0f virtual seconds in %.1f s of CPU"
            + " (%.0f steps a second, %.1f virtual hours a minute), %d of %d requests acknowledged,"
            + "%s faults %s",
        seeds,
        violations,
        unknown,
        steps,
        virtualSeconds,
        cpuSeconds,
        steps / cpuSeconds,
        virtualSeconds / MINUTE / cpuSeconds,
        done,
        asked,
        changesAsked == 0
            ? ""
            : " %d of %d changes of members done,".formatted(changesDone, changesAsked),
        faults);
  }
}
