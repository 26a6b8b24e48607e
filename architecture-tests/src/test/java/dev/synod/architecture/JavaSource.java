package dev.synod.architecture;

import java.util.List;

/**
 * One Java source file.
 *
 * @param file relative to the root
 * @param code the text with comments, strings and character literals blanked; line numbers stay
 */
record JavaSource(String file, String text, String code) {

  JavaSource(String file, String text) {
    this(file, text, Blanking.blank(text));
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /** The first folder: the Maven module. */
  String module() {
    return file.substring(0, Math.max(0, file.indexOf('/')));
  }

  boolean isProduct() {
    return file.contains("/src/main/");
  }

  /** The file's name without its ending: the top-level class. */
  String name() {
    return file.substring(file.lastIndexOf('/') + 1, file.length() - ".java".length());
  }

  /** The folder below {@code src/*}{@code /java}, as a package. */
  String packageName() {
    int start = file.indexOf("/java/");
    int end = file.lastIndexOf('/');
    return start < 0 || end < start + "/java/".length()
        ? ""
        : file.substring(start + "/java/".length(), end).replace('/', '.');
  }
}
