package dev.synod.architecture;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Links in documents lead somewhere. */
final class LinkRules {

  private LinkRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "links",
            "a dead link tells a reader that nobody reads this",
            tree -> tree.filesEnding(".md").stream().flatMap(file -> dead(tree, file)).toList()));
  }

  private static Stream<Finding> dead(WorkTree tree, String file) {
    return new Markdown(tree.read(file))
        .links().stream()
            .filter(link -> !link.contains("://") && !link.startsWith("mailto:"))
            .flatMap(link -> problem(tree, file, link).stream())
            .map(problem -> new Finding(file, problem));
  }

  private static Optional<String> problem(WorkTree tree, String file, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    String target =
        path.isEmpty()
            ? file
            : Path.of(file).resolveSibling(path).normalize().toString().replace('\\', '/');
    if (!target.isEmpty() && (target.startsWith("..") || !tree.has(target))) {
      return Optional.of("links to " + link + ", which is not there");
    }
    if (hash >= 0
        && target.endsWith(".md")
        && !new Markdown(tree.read(target)).anchors().contains(link.substring(hash + 1))) {
      return Optional.of("links to " + link + ", but no heading there is called so");
    }
    return Optional.empty();
  }
}
