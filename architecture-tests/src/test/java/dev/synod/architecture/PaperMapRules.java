package dev.synod.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The map in a protocol module's README.md: a table with a column for the paper's section, one
 * whose heading names the rule and one that names the test. Names stand in backticks: {@code
 * `Follower`}, {@code `Follower.requestVote`}.
 */
final class PaperMapRules {

  private static final List<String> PROTOCOLS =
      List.of("consensus-raft", "consensus-paxos", "consensus-zab", "crdt");
  private static final Pattern NAME =
      Pattern.compile("`([A-Z]\\w*)(?:[.#](\\w+))?(?:\\([^`]*\\))?`");

  private PaperMapRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "paper-map",
            "who looks for a sentence of the paper finds its rule and its test within a minute",
            tree -> PROTOCOLS.stream().flatMap(module -> problems(tree, module)).toList()));
  }

  private static Stream<Finding> problems(WorkTree tree, String module) {
    boolean hasRules =
        tree.sources().stream()
            .anyMatch(
                source ->
                    source.module().equals(module)
                        && source.isProduct()
                        && source.packageName().endsWith(".rules"));
    String readme = module + "/README.md";
    if (!hasRules) {
      return Stream.empty();
    }
    if (!tree.has(readme)) {
      return Stream.of(
          new Finding(readme, "is missing: the map from the paper to rules and tests"));
    }
    var rows = mapRows(new Markdown(tree.read(readme)).prose());
    if (rows.isEmpty()) {
      return Stream.of(new Finding(readme, "has no table with the columns rule and test"));
    }
    return rows.stream().flatMap(row -> deadNames(tree, module, row)).distinct();
  }

  /** A row of the map: the cell of the rule and the cell of the test. */
  private record Row(String rule, String test) {}

  private static List<Row> mapRows(List<String> lines) {
    var rows = new ArrayList<Row>();
    int rule = -1;
    int test = -1;
    for (String line : lines) {
      var cells = cellsOf(line);
      if (cells.isEmpty()) {
        rule = -1;
        test = -1;
      } else if (rule < 0 || test < 0) {
        rule = indexOf(cells, "rule");
        test = indexOf(cells, "test");
      } else if (cells.size() > Math.max(rule, test) && !cells.get(0).matches(":?-+:?")) {
        rows.add(new Row(cells.get(rule), cells.get(test)));
      }
    }
    return rows;
  }

  private static List<String> cellsOf(String line) {
    String row = line.strip();
    return row.startsWith("|")
        ? Stream.of(row.substring(1).split("\\|", -1)).map(String::strip).toList()
        : List.of();
  }

  private static int indexOf(List<String> headings, String word) {
    return IntStream.range(0, headings.size())
        .filter(i -> headings.get(i).toLowerCase(Locale.ROOT).contains(word))
        .findFirst()
        .orElse(-1);
  }

  private static Stream<Finding> deadNames(WorkTree tree, String module, Row row) {
    var ruleProblems = deadNames(tree, module, row.rule(), true);
    var testProblems = deadNames(tree, module, row.test(), false);
    return Stream.concat(ruleProblems, testProblems);
  }

  private static Stream<Finding> deadNames(
      WorkTree tree, String module, String cell, boolean product) {
    var names = NAME.matcher(cell).results().toList();
    String kind = product ? "rule" : "test";
    if (names.isEmpty()) {
      return Stream.of(new Finding(module + "/README.md", "a row names no " + kind + ": " + cell));
    }
    return names.stream()
        .filter(name -> !exists(tree, module, name, product))
        .map(
            name ->
                new Finding(
                    module + "/README.md", "the " + kind + " " + name.group() + " is not there"));
  }

  private static boolean exists(WorkTree tree, String module, MatchResult name, boolean product) {
    var declaration =
        Pattern.compile(
            "\\b(class|interface|record|enum)\\s+" + Pattern.quote(name.group(1)) + "\\b");
    var member =
        name.group(2) == null
            ? Pattern.compile("")
            : Pattern.compile("\\b" + Pattern.quote(name.group(2)) + "\\b");
    return tree.sources().stream()
        .filter(source -> source.isProduct() == product)
        .filter(
            source -> source.module().equals(module) || source.module().equals("consensus-core"))
        .map(JavaSource::code)
        .anyMatch(code -> declaration.matcher(code).find() && member.matcher(code).find());
  }
}
