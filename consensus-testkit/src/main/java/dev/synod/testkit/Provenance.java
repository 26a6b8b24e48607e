package dev.synod.testkit;

import java.nio.file.Path;

/** Where what runs comes from, and where its reports go; the launchers say so. */
final class Provenance {

  /** The system property that names the commit, such as {@code git describe --always} prints it. */
  static final String COMMIT = "synod.commit";

  /** The system property that names the folder of the checkout. */
  private static final String HOME = "synod.home";

  private Provenance() {}

  static String commit() {
    return System.getProperty(COMMIT, "not known (-D" + COMMIT + "=…)");
  }

  /** A folder for files that nobody keeps, of the checkout or of where the process runs. */
  static Path reports() {
    var folder = Path.of(System.getProperty(HOME, ""), "target", "simulation").toAbsolutePath();
    var here = Path.of("").toAbsolutePath();
    return folder.startsWith(here) ? here.relativize(folder) : folder;
  }
}
