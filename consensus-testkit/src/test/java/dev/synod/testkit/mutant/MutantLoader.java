package dev.synod.testkit.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Loads the project's classes anew, some of them other than the class path has them. What lies
 * below the changed module can't see it, so it is shared, as are Pekko and the simulation's engine:
 * what is warm stays warm.
 */
final class MutantLoader extends ClassLoader {

  private static final String SHARED = "dev.synod.testkit.engine.";

  /** From the lowest to the highest: each sees only those before it, or fewer. */
  private static final List<String> LAYERS =
      List.of(
          "dev.synod.core.",
          "dev.synod.log.",
          "dev.synod.actors.",
          "dev.synod.raft.",
          "dev.synod.paxos.",
          "dev.synod.zab.",
          "dev.synod.crdt.",
          "dev.synod.testkit.");

  /** Where tests of rules were compiled to: a class path has no other module's tests. */
  private static final List<Path> RULES_TESTS =
      List.of(testsOf("consensus-paxos"), testsOf("consensus-zab"));

  private final Map<String, byte[]> changed;
  private final int lowest;

  /**
   * @param className in whose layer and above all is loaded anew
   * @param changed classes by name that take the place of those of the class path
   */
  MutantLoader(String className, Map<String, byte[]> changed) {
    super(MutantLoader.class.getClassLoader());
    this.changed = Map.copyOf(changed);
    this.lowest = layerOf(className);
  }

  private static Path testsOf(String module) {
    return Path.of("..", module).resolve(Path.of("").toAbsolutePath().relativize(here()));
  }

  private static Path here() {
    try {
      return Path.of(
          MutantLoader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int layerOf(String className) {
    for (int layer = 0; layer < LAYERS.size(); layer++) {
      if (className.startsWith(LAYERS.get(layer))) {
        return layer;
      }
    }
    return -1;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    int layer = layerOf(name);
    if (layer < 0 || layer < lowest || name.startsWith(SHARED)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      return loaded != null ? loaded : anew(name);
    }
  }

  private Class<?> anew(String name) throws ClassNotFoundException {
    byte[] bytes = changed.get(name);
    if (bytes == null) {
      bytes = bytesOf(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** A class as the class path has it. */
  byte[] bytesOf(String name) throws ClassNotFoundException {
    var path = name.replace('.', '/') + ".class";
    try (InputStream file = getResourceAsStream(path)) {
      return file == null ? Files.readAllBytes(ofRules(path)) : file.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static Path ofRules(String path) throws NoSuchFileException {
    return RULES_TESTS.stream()
        .map(tests -> tests.resolve(path))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new NoSuchFileException(path));
  }
}
