package dev.synod.persistence;

import java.nio.file.Path;

/** H2 in this process, in a file. */
final class H2 {

  private H2() {}

  static Database in(Path folder) {
    return new Database(
        "slick.jdbc.H2Profile$",
        "org.h2.Driver",
        "jdbc:h2:file:" + folder.resolve("journal"),
        "synod",
        "\"");
  }
}
