package dev.synod.testkit.shrink;

import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is run, but for the seed and the settings, which stay as they are.
 *
 * @param nodes how many machines
 * @param length of the phase with faults
 */
public record Scenario(int nodes, Duration length, Schedule schedule) {

  List<TimedFault> faults() {
    return schedule.faults();
  }

  Scenario with(List<TimedFault> faults) {
    return new Scenario(nodes, length, new Schedule(faults));
  }

  Scenario with(int index, TimedFault fault) {
    var changed = new ArrayList<>(faults());
    changed.set(index, fault);
    return with(changed);
  }

  /** Without what comes later than that. */
  Scenario until(Duration end) {
    var begun = faults().stream().filter(timed -> timed.at().compareTo(end) <= 0).toList();
    return new Scenario(nodes, end, new Schedule(begun));
  }

  /** With the first machines only; a fault that needs another one is gone, too. */
  Scenario onNodes(int fewer) {
    var left = new HashSet<>(World.names(fewer));
    var faults =
        faults().stream()
            .flatMap(
                timed ->
                    amongThese(timed.fault(), left)
                        .map(fault -> new TimedFault(timed.at(), timed.lasting(), fault))
                        .stream())
            .toList();
    return new Scenario(fewer, length, new Schedule(faults));
  }

  /** With that fault and all later ones so much earlier, and the end too. */
  Scenario earlier(int index, Duration by) {
    var moved = new ArrayList<>(faults());
    for (int i = index; i < moved.size(); i++) {
      var timed = moved.get(i);
      moved.set(i, new TimedFault(timed.at().minus(by), timed.lasting(), timed.fault()));
    }
    return new Scenario(nodes, length.minus(by), new Schedule(moved));
  }

  /** With all times changed in the same way. */
  Scenario withTimes(UnaryOperator<Duration> change) {
    return with(
        faults().stream()
            .map(
                timed ->
                    new TimedFault(
                        change.apply(timed.at()), change.apply(timed.lasting()), timed.fault()))
            .toList());
  }

  private static Optional<Fault> amongThese(Fault fault, Set<String> left) {
    if (left.containsAll(fault.nodes())) {
      return Optional.of(fault);
    }
    return fault instanceof Fault.Partition partition
        ? partition(partition.sides(), left)
        : Optional.empty();
  }

  private static Optional<Fault> partition(String sides, Set<String> left) {
    var rest =
        Stream.of(sides.split("\\|", -1))
            .map(side -> side(side, left))
            .filter(side -> !side.isEmpty())
            .toList();
    return rest.size() < 2
        ? Optional.empty()
        : Optional.of(new Fault.Partition(String.join(" | ", rest)));
  }

  private static String side(String side, Set<String> left) {
    return Stream.of(side.split(",", -1))
        .map(String::strip)
        .filter(left::contains)
        .collect(Collectors.joining(","));
  }
}
