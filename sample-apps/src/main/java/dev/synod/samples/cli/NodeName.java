package dev.synod.samples.cli;

/** How people may name a node of the demo. */
final class NodeName {

  static final String DESCRIPTION = "Its name or number, such as n2 or 2.";

  private NodeName() {}

  /**
   * {@code n2} for {@code n2} and {@code 2}, or an {@link IllegalArgumentException} made for
   * people.
   */
  static String parse(String text) {
    if (!text.matches("n?[1-9]")) {
      throw new IllegalArgumentException("A node is named n1, n2, …, but not \"" + text + "\".");
    }
    return text.startsWith("n") ? text : "n" + text;
  }
}
