package dev.synod.samples.chat;

import java.util.regex.Pattern;

/**
 * What people may write. Checked where text enters a node, so that the replicated room holds only
 * clean text; it is still text and never markup, so whoever shows it must not interpret it.
 */
public final class ChatText {

  public static final int AUTHOR_LENGTH_MAX = 40;
  public static final int TEXT_LENGTH_MAX = 500;
  public static final int ID_LENGTH_MAX = 64;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1," + ID_LENGTH_MAX + "}");

  private ChatText() {}

  /**
   * The name without the space around it, or an {@link IllegalArgumentException} made for people.
   */
  public static String author(String name) {
    return cleaned("name", name, AUTHOR_LENGTH_MAX);
  }

  /**
   * The message without the space around it, or an {@link IllegalArgumentException} made for
   * people.
   */
  public static String text(String text) {
    return cleaned("message", text, TEXT_LENGTH_MAX);
  }

  /** A sender's id of a message, or an {@link IllegalArgumentException} made for people. */
  public static String id(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A message's id has 1 to " + ID_LENGTH_MAX + " letters, digits, '-' or '_'.");
    }
    return id;
  }

  private static String cleaned(String what, String raw, int lengthMax) {
    String text = raw.strip();
    int length = text.codePointCount(0, text.length());
    if (length == 0) {
      throw new IllegalArgumentException("The " + what + " is empty.");
    }
    if (length > lengthMax) {
      throw new IllegalArgumentException(
          "The %s is too long: %d characters, at most %d are allowed."
              .formatted(what, length, lengthMax));
    }
    text.codePoints()
        .filter(ChatText::isRefused)
        .findFirst()
        .ifPresent(
            point -> {
              throw new IllegalArgumentException(
                  "The %s has a character that is not text (U+%04X).".formatted(what, point));
            });
    return text;
  }

  /**
   * Control characters, line ends among them, half surrogates, and the marks that turn the
   * direction of the text after them, by which a name could pose as another.
   */
  private static boolean isRefused(int point) {
    int type = Character.getType(point);
    boolean turnsDirection =
        (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return turnsDirection
        || type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
