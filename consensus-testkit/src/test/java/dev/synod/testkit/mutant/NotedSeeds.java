package dev.synod.testkit.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Which seed found a fault when all seeds from 1 on were last tried. That one is tried first, which
 * spares all those before it; {@code ./dev faults} tries all, and notes anew.
 */
final class NotedSeeds {

  private static final boolean ARE_IGNORED = Boolean.getBoolean("synod.mutant.all");

  private final Map<String, Long> seeds = new HashMap<>();

  private NotedSeeds() {}

  /** From the file beside this class, whose lines are seed, source and fault, apart by tabs. */
  static NotedSeeds read() {
    var noted = new NotedSeeds();
    if (!ARE_IGNORED) {
      text()
          .lines()
          .map(line -> line.split("\t", -1))
          .forEach(line -> noted.seeds.put(key(line[1], line[2]), Long.valueOf(line[0])));
    }
    return noted;
  }

  private static String text() {
    try (var file = NotedSeeds.class.getResourceAsStream("seeds.tsv")) {
      if (file == null) {
        throw new IllegalStateException("seeds.tsv is missing");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(String source, String name) {
    return source + "\t" + name;
  }

  /** Where that fault is looked for: all its seeds, in the order of what is likely. */
  LongStream of(Mutant mutant) {
    var all = LongStream.rangeClosed(1, mutant.seedsMax());
    long noted = seeds.getOrDefault(key(mutant.source().simpleName(), mutant.name()), 1L);
    return noted > mutant.seedsMax()
        ? all
        : LongStream.concat(LongStream.of(noted), all.filter(seed -> seed != noted));
  }
}
