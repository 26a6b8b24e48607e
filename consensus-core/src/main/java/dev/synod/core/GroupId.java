package dev.synod.core;

/**
 * The name of a replicated group, unique among the nodes that may host it. It becomes part of file
 * names and actor paths, so its alphabet is narrow.
 *
 * @param name 1 to 127 letters, digits, dots, dashes or underscores; the first one a letter or
 *     digit
 */
public record GroupId(String name) implements Comparable<GroupId> {

  /** Longest allowed name, in characters: fits a file name with room for suffixes. */
  public static final int LENGTH_MAX = 127;

  public GroupId {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a group's name is 1 to "
              + LENGTH_MAX
              + " letters, digits, '.', '-' or '_' and starts with a letter or digit, but got \""
              + (name.length() > LENGTH_MAX ? name.substring(0, LENGTH_MAX) + "…" : name)
              + "\"");
    }
  }

  /** Whether a group may be called that. */
  public static boolean isName(String text) {
    int length = text.length();
    if (length == 0 || length > LENGTH_MAX || !isLetterOrDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(GroupId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
