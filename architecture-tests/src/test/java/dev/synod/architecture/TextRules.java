package dev.synod.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What may not stand in a text, whatever its language. */
final class TextRules {

  private static final String[] TEXTS = {
    ".java",
    ".md",
    ".conf",
    ".xml",
    ".sh",
    ".html",
    ".js",
    ".css",
    ".txt",
    ".properties",
    "/run",
    "dev",
    "synod"
  };

  /** Spelt so that this file does not break its own rule. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b");

  private static final String WORD_LIST = "config/banned-words.txt";
  private static final Pattern SLEEP =
      Pattern.compile("\\b(Thread|TimeUnit\\.\\w+)\\s*\\.\\s*sleep\\(");
  private static final Pattern HOME = Pattern.compile("(^|[\\s\"'`(=])/(home|Users|root)/\\w");

  private TextRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "no-unfinished-marks",
            "what is not done is an issue, not a mark in the text",
            tree -> linesWith(tree, tree.filesEnding(TEXTS), UNFINISHED.asPredicate())),
        new Rule(
            "no-banned-words", "plain words say more (" + WORD_LIST + ")", TextRules::bannedWords),
        new Rule(
            "no-own-paths",
            "a path into somebody's home exists on one machine",
            tree -> linesWith(tree, tree.filesEnding(TEXTS), HOME.asPredicate())),
        new Rule(
            "no-sleep-in-tests",
            "a test that sleeps is slow when it passes and wrong when it fails",
            tree ->
                tree.sources().stream()
                    .filter(source -> !source.isProduct())
                    .filter(source -> SLEEP.matcher(source.code()).find())
                    .map(source -> new Finding(source.file(), "sleeps"))
                    .toList()),
        new Rule(
            "no-swallowed-failure",
            "a failure is a value, a message or a stop; nobody handles a Throwable",
            tree ->
                tree.sources().stream()
                    .flatMap(source -> SyntaxTree.of(source).badHandlers())
                    .toList()));
  }

  private static List<Finding> bannedWords(WorkTree tree) {
    var words =
        tree.has(WORD_LIST)
            ? tree.read(WORD_LIST).lines().map(String::strip).filter(TextRules::isWord).toList()
            : List.<String>of();
    if (words.isEmpty()) {
      return List.of();
    }
    var banned =
        Pattern.compile(
            "\\b(" + String.join("|", words.stream().map(Pattern::quote).toList()) + ")",
            Pattern.CASE_INSENSITIVE);
    var files = tree.filesEnding(TEXTS).stream().filter(file -> !file.equals(WORD_LIST)).toList();
    return linesWith(tree, files, banned.asPredicate());
  }

  private static boolean isWord(String line) {
    return !line.isEmpty() && !line.startsWith("#");
  }

  private static List<Finding> linesWith(
      WorkTree tree, List<String> files, Predicate<String> isBad) {
    var found = new ArrayList<Finding>();
    for (String file : files) {
      var lines = tree.read(file).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (isBad.test(lines.get(i))) {
          found.add(new Finding(file, "line " + (i + 1) + ": " + lines.get(i).strip()));
        }
      }
    }
    return found;
  }
}
