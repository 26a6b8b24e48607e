package dev.synod.architecture;

/** Blanks what is not code in Java text, so that a search finds calls and not words about them. */
final class Blanking {

  private final String text;
  private final StringBuilder code;
  private int at;

  private Blanking(String text) {
    this.text = text;
    this.code = new StringBuilder(text.length());
  }

  static String blank(String text) {
    return new Blanking(text).run();
  }

  private String run() {
    while (at < text.length()) {
      if (text.startsWith("//", at)) {
        blankTo(endOf("\n", at));
      } else if (text.startsWith("/*", at)) {
        blankTo(endOf("*/", at + 2));
      } else if (text.startsWith("\"\"\"", at)) {
        blankTo(endOfLiteral("\"\"\"", at + 3));
      } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
        blankTo(endOfLiteral(text.substring(at, at + 1), at + 1));
      } else {
        code.append(text.charAt(at++));
      }
    }
    return code.toString();
  }

  private int endOf(String closing, int from) {
    int found = text.indexOf(closing, from);
    return found < 0 ? text.length() : found + closing.length();
  }

  private int endOfLiteral(String closing, int from) {
    int i = from;
    while (i < text.length() && !text.startsWith(closing, i)) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), i + closing.length());
  }

  private void blankTo(int end) {
    while (at < end) {
      code.append(text.charAt(at) == '\n' ? '\n' : ' ');
      at++;
    }
  }
}
