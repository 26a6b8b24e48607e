package dev.synod.log.disk;

import java.io.IOException;
import java.util.regex.Pattern;

/** Names of files within the tree: they never leave it. */
final class Names {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

  private Names() {}

  /** The name, if it is one of a file or folder in the tree. */
  static String checked(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IOException("not a name within the directory: \"" + name + "\"");
    }
    return name;
  }

  /** As {@link #checked}, but "" names the root. */
  static String checkedFolder(String name) throws IOException {
    return name.isEmpty() ? name : checked(name);
  }
}
