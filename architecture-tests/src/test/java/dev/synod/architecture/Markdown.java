package dev.synod.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the rules about documents need of a Markdown file. */
final class Markdown {

  private static final Pattern FENCE = Pattern.compile("^\\s*(```+|~~~+)\\s*(.*)$");
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)[^)]*\\)");

  private final List<String> prose = new ArrayList<>();
  private final List<Fence> fences = new ArrayList<>();

  /** A fenced block: what follows the opening fence, and the lines within. */
  record Fence(String info, int line, String text) {}

  Markdown(String text) {
    var lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var opening = FENCE.matcher(lines.get(i));
      if (!opening.matches()) {
        prose.add(lines.get(i));
        continue;
      }
      int first = i + 1;
      String closing = opening.group(1);
      do {
        i++;
      } while (i < lines.size() && !lines.get(i).strip().equals(closing));
      String body = String.join("\n", lines.subList(first, Math.min(i, lines.size())));
      fences.add(new Fence(opening.group(2).strip(), first, body));
    }
  }

  /** The lines outside fenced blocks. */
  List<String> prose() {
    return prose;
  }

  List<Fence> fences() {
    return fences;
  }

  /** Targets of links, as written; not those within code. */
  List<String> links() {
    return prose.stream()
        .map(line -> line.replaceAll("`[^`]*`", "``"))
        .flatMap(line -> LINK.matcher(line).results())
        .map(match -> match.group(1))
        .toList();
  }

  /** What a link after {@code #} can name: the headings, as GitHub shortens them. */
  Set<String> anchors() {
    return prose.stream()
        .map(HEADING::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(heading -> anchorOf(heading.group(1)))
        .collect(Collectors.toSet());
  }

  private static String anchorOf(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
