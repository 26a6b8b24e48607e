package dev.synod.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that were read and found right once. {@code -Dsynod.golden.update=true} writes them anew;
 * the difference is then reviewed like code.
 */
final class Golden {

  private static final String UPDATE = "synod.golden.update";

  private Golden() {}

  static void check(String name, String actual) throws IOException {
    var file = Path.of(System.getProperty("basedir", "."), "src/test/resources", name);
    if (Boolean.getBoolean(UPDATE)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertThat(actual)
        .as("%s; after a wanted change, regenerate with -D%s=true", name, UPDATE)
        .isEqualTo(Files.readString(file));
  }
}
