package dev.synod.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of a checkout (this one, or one planted by a test) and its compiled product classes.
 */
final class WorkTree {

  private static final Set<String> NOT_OURS =
      Set.of("target", ".git", ".idea", ".vscode", ".synod", "node_modules");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private final Path root;
  private final JavaClasses classes;
  private final List<String> files;
  private final List<JavaSource> sources;

  private WorkTree(Path root, JavaClasses classes) {
    this.root = root;
    this.classes = classes;
    this.files = list(root);
    this.sources =
        files.stream()
            .filter(file -> file.endsWith(".java"))
            .map(file -> new JavaSource(file, read(file)))
            .toList();
  }

  /** This checkout, with the product classes that are on the class path. */
  static WorkTree thisOne() {
    Path root = Path.of(System.getProperty("synod.root", "..")).toAbsolutePath().normalize();
    var classes =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("dev.synod");
    return new WorkTree(root, classes);
  }

  /** A planted tree with the classes compiled from it. */
  static WorkTree planted(Path root, Path classFolder) {
    return new WorkTree(root, new ClassFileImporter().importPath(classFolder));
  }

  /** Product classes only, never those of tests. */
  JavaClasses classes() {
    return classes;
  }

  /** All files of ours, relative to the root, with {@code /} between folders, sorted. */
  List<String> files() {
    return files;
  }

  List<String> filesEnding(String... endings) {
    return files.stream()
        .filter(file -> List.of(endings).stream().anyMatch(file::endsWith))
        .toList();
  }

  List<JavaSource> sources() {
    return sources;
  }

  boolean has(String file) {
    return Files.exists(root.resolve(file));
  }

  String read(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The modules that the top-level pom.xml names. */
  List<String> modules() {
    return has("pom.xml")
        ? MODULE.matcher(read("pom.xml")).results().map(match -> match.group(1)).toList()
        : List.of();
  }

  private static List<String> list(Path root) {
    var found = new ArrayList<String>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return NOT_OURS.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.add(root.relativize(file).toString().replace('\\', '/'));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().toList();
  }
}
