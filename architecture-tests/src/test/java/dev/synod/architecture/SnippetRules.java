package dev.synod.architecture;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Java in the README and the user guide is cut from sources that the build compiles. The block
 * opens with {@code ```java snippet=<file>#<name>}; in that file the text stands between {@code //
 * snippet: <name>} and {@code // end snippet}.
 */
final class SnippetRules {

  private static final Pattern INFO = Pattern.compile("java\\s+snippet=([^#\\s]+)#(\\S+)");
  private static final String OPENING = "// snippet: ";
  private static final String CLOSING = "// end snippet";

  private SnippetRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "snippets",
            "documentation that does not compile is wrong sooner or later",
            tree ->
                tree.filesEnding(".md").stream()
                    .filter(file -> file.equals("README.md") || file.startsWith("docs/"))
                    .flatMap(file -> problems(tree, file))
                    .toList()));
  }

  private static Stream<Finding> problems(WorkTree tree, String file) {
    return new Markdown(tree.read(file))
        .fences().stream()
            .filter(fence -> fence.info().startsWith("java"))
            .flatMap(
                fence ->
                    problem(tree, fence)
                        .map(what -> new Finding(file, "line " + fence.line() + " " + what))
                        .stream());
  }

  private static Optional<String> problem(WorkTree tree, Markdown.Fence fence) {
    var info = INFO.matcher(fence.info());
    if (!info.matches()) {
      return Optional.of(
          "is Java that no source holds: open it with ```java snippet=<file>#<name>");
    }
    if (!tree.has(info.group(1))) {
      return Optional.of("is cut from " + info.group(1) + ", which is not there");
    }
    return cut(tree.read(info.group(1)), info.group(2))
        .map(
            snippet ->
                snippet.equals(fence.text())
                    ? Optional.<String>empty()
                    : Optional.of("differs from its source, which says:\n" + snippet))
        .orElseGet(
            () -> Optional.of("is cut from " + info.group(1) + ", which has no such snippet"));
  }

  /** The text between the markers, without the indentation that all its lines share. */
  static Optional<String> cut(String source, String name) {
    var lines = source.lines().toList();
    int first = indexOf(lines, OPENING + name, 0);
    int end = first < 0 ? -1 : indexOf(lines, CLOSING, first);
    return end < 0
        ? Optional.empty()
        : Optional.of(
            String.join("\n", lines.subList(first + 1, end)).stripTrailing().stripIndent());
  }

  private static int indexOf(List<String> lines, String marker, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(marker)) {
        return i;
      }
    }
    return -1;
  }
}
