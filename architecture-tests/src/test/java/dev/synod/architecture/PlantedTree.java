package dev.synod.architecture;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** A small work tree, written and compiled for a test. */
final class PlantedTree {

  private PlantedTree() {}

  /**
   * Writes the files (relative name to text) below {@code root} and compiles the product's sources.
   */
  static WorkTree of(Path root, Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Path classes = Files.createDirectories(root.resolve("target/classes"));
    var sources =
        files.keySet().stream()
            .filter(file -> file.endsWith(".java") && file.contains("/src/main/"))
            .map(root::resolve)
            .toList();
    if (!sources.isEmpty()) {
      compile(sources, classes);
    }
    return WorkTree.planted(root, classes);
  }

  private static void compile(List<Path> sources, Path classes) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var complaints = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var options =
          List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new IllegalArgumentException("the plant does not compile:\n" + complaints);
      }
    }
  }
}
