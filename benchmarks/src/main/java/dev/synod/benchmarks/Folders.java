package dev.synod.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders for what is measured, which leave nothing behind. */
final class Folders {

  private Folders() {}

  /** What is done with a folder. */
  interface Work<T> {
    T in(Path folder) throws Exception;
  }

  /** Makes a new folder inside that one, and deletes it with all it holds when the work is done. */
  static <T> T with(Path parent, Work<T> work) throws Exception {
    Path folder = Files.createTempDirectory(parent, "synod-bench");
    try {
      return work.in(folder);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path); // its owner may clean up too
      }
    }
  }
}
