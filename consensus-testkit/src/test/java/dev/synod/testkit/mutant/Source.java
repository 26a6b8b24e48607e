package dev.synod.testkit.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A source file of the product. */
record Source(String module, String className) {

  private static final Path ROOT = Path.of("..");

  String read() throws IOException {
    return Files.readString(
        ROOT.resolve(module)
            .resolve("src/main/java")
            .resolve(className.replace('.', '/') + ".java"));
  }

  String simpleName() {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /**
   * The file's text with a part replaced. Blanks and line breaks do not count in finding it, so
   * that another layout of the file changes nothing.
   *
   * @throws IllegalArgumentException if the part does not occur exactly once
   */
  static String replaced(String text, String original, String replacement) {
    int[] places = new int[text.length() + 1];
    var dense = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        places[dense.length()] = i;
        dense.append(text.charAt(i));
      }
    }
    var wanted = original.replaceAll("\\s", "");
    int found = dense.indexOf(wanted);
    if (wanted.isEmpty() || found < 0 || dense.indexOf(wanted, found + 1) >= 0) {
      throw new IllegalArgumentException(
          "%s in the source: %s"
              .formatted(found < 0 ? "does not occur" : "occurs more than once", original));
    }
    int start = places[found];
    int end = places[found + wanted.length() - 1] + 1;
    return text.substring(0, start) + replacement + text.substring(end);
  }
}
