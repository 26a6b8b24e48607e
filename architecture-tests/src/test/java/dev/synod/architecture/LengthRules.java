package dev.synod.architecture;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Budgets of length: what fits a head. */
final class LengthRules {

  private static final int FILE_LINES_MAX = 400;
  private static final int METHOD_LINES_MAX = 60;
  private static final int COLUMNS_MAX = 100;

  /** One screen and two pages. */
  private static final Map<String, Integer> DOCUMENT_LINES_MAX =
      Map.of("README.md", 80, "ARCHITECTURE.md", 140);

  private LengthRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "file-length",
            "a file of more than " + FILE_LINES_MAX + " lines holds more than one thing",
            tree ->
                tree.sources().stream()
                    .filter(source -> source.lines().size() > FILE_LINES_MAX)
                    .map(source -> new Finding(source.file(), source.lines().size() + " lines"))
                    .toList()),
        new Rule(
            "method-length",
            "a method of more than " + METHOD_LINES_MAX + " lines does more than one thing",
            tree ->
                tree.sources().stream()
                    .flatMap(source -> SyntaxTree.of(source).methodsOver(METHOD_LINES_MAX))
                    .toList()),
        new Rule(
            "columns",
            "the formatter breaks at " + COLUMNS_MAX + " columns all that it can",
            tree -> tree.sources().stream().flatMap(LengthRules::wideLines).toList()),
        new Rule(
            "document-length",
            "the README is one screen and ARCHITECTURE.md two pages, or nobody reads them",
            LengthRules::longDocuments));
  }

  private static Stream<Finding> wideLines(JavaSource source) {
    var lines = source.lines();
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).codePointCount(0, lines.get(i).length()) > COLUMNS_MAX)
        .filter(i -> !lines.get(i).startsWith("import ") && !lines.get(i).contains("://"))
        .mapToObj(i -> new Finding(source.file(), "line " + (i + 1) + " is too wide"));
  }

  private static List<Finding> longDocuments(WorkTree tree) {
    return DOCUMENT_LINES_MAX.entrySet().stream()
        .filter(document -> tree.has(document.getKey()))
        .filter(document -> tree.read(document.getKey()).lines().count() > document.getValue())
        .map(document -> new Finding(document.getKey(), "over " + document.getValue() + " lines"))
        .toList();
  }
}
