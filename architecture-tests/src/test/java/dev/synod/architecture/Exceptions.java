package dev.synod.architecture;

import java.util.List;
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

  /** The exceptions that no finding of these rules needs any more. */
  List<Line> unneeded(List<Rule> rules, WorkTree tree) {
    return lines.stream()
        .filter(
            line ->
                rules.stream()
                    .filter(rule -> rule.id().equals(line.rule()))
                    .flatMap(rule -> rule.findingsIn(tree).stream())
                    .noneMatch(finding -> finding.place().equals(line.place())))
        .toList();
  }
}
