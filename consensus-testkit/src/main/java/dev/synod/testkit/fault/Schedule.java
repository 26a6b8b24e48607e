package dev.synod.testkit.fault;

import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Faults with their times, in order: data, so that some can be left out and the rest played again.
 */
public record Schedule(List<TimedFault> faults) {

  /** Nothing goes wrong. */
  public static final Schedule NONE = new Schedule(List.of());

  public Schedule {
    faults = faults.stream().sorted(Comparator.comparing(TimedFault::at)).toList();
  }

  public static Schedule of(TimedFault... faults) {
    return new Schedule(List.of(faults));
  }

  /**
   * Reads what {@link #toString} writes: a fault a line. Empty lines and those that begin with
   * {@code #} are for people.
   *
   * @throws IllegalArgumentException that names the first line that makes no sense
   */
  public static Schedule parse(String text) {
    var faults = new ArrayList<TimedFault>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        try {
          faults.add(TimedFault.parse(line));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
      }
    }
    return new Schedule(faults);
  }

  /** What is left without such faults. */
  public Schedule without(Predicate<Fault> unwanted) {
    return new Schedule(faults.stream().filter(timed -> !unwanted.test(timed.fault())).toList());
  }

  /** Lets it happen, from now on. Ends happen too, unless {@link Playing#stop} comes first. */
  public Playing play(World world) {
    var playing = new Playing(world);
    faults.forEach(playing::plan);
    return playing;
  }

  /** When the last fault has ended, since the schedule began. */
  public Duration length() {
    return faults.stream()
        .map(fault -> fault.at().plus(fault.lasting()))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** How many there are of each kind. */
  public Map<String, Integer> kinds() {
    var kinds = new TreeMap<String, Integer>();
    faults.forEach(timed -> kinds.merge(timed.fault().kind(), 1, Integer::sum));
    return kinds;
  }

  /** A fault a line, which {@link #parse} reads. */
  @Override
  public String toString() {
    return faults.stream().map(TimedFault::toString).collect(Collectors.joining("\n"));
  }
}
