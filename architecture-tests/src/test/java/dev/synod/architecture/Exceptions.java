package dev.synod.architecture;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The deliberate exceptions of {@code config/exceptions.txt}: {@code rule | place | reason}. */
record Exceptions(List<Line> lines) {

  private static final String FILE = "config/exceptions.txt";
  private static final Pattern BAR = Pattern.compile("\\s*\\|\\s*");

  /** That rule may be broken at that place, for that reason. */
  record Line(String rule, String place, String reason) {

    boolean covers(Rule broken, Finding finding) {
      return rule.equals(broken.id()) && place.equals(finding.place());
    }
  }

  static Exceptions of(WorkTree tree) {
    return new Exceptions(
        tree.has(FILE)
            ? tree.read(FILE)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Exceptions::parse)
                .toList()
            : List.of());
  }

  private static Line parse(String line) {
    String[] parts = BAR.split(line, 3);
    if (parts.length < 3 || parts[2].isBlank()) {
      throw new IllegalArgumentException(
          FILE + " has lines of the form rule | place | reason, but got: " + line);
    }
    return new Line(parts[0], parts[1], parts[2]);
  }

  boolean cover(Rule rule, Finding finding) {
    return lines.stream().anyMatch(line -> line.covers(rule, finding));
  }

  /**
   * The exceptions that no finding of these rules needs any more.
   *
   * @param look what a rule finds; asked once a rule that has exceptions
   */
  List<Line> unneeded(List<Rule> rules, Function<Rule, List<Finding>> look) {
    var needed = new HashSet<Line>();
    for (Rule rule : rules) {
      var own = lines.stream().filter(line -> line.rule().equals(rule.id())).toList();
      if (!own.isEmpty()) {
        var found = look.apply(rule);
        own.stream()
            .filter(line -> found.stream().anyMatch(finding -> line.covers(rule, finding)))
            .forEach(needed::add);
      }
    }
    return lines.stream().filter(line -> !needed.contains(line)).toList();
  }
}
