package dev.synod.testkit.mutant;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rule, broken.
 *
 * @param name what it does wrong, in words
 * @param original what stands there now, once; blanks and line breaks do not count
 * @param replacement what is put in its place
 * @param meant the invariants that are there to notice: whichever is first
 * @param search how it is looked for
 * @param seedsMax from seed 1 on, within so many seeds it must be found
 */
record Mutant(
    String name,
    Source source,
    String original,
    String replacement,
    List<String> meant,
    Search search,
    int seedsMax) {

  Mutant(
      String name,
      Source source,
      String original,
      String replacement,
      String meant,
      Search search,
      int seedsMax) {
    this(name, source, original, replacement, List.of(meant), search, seedsMax);
  }

  /** The classes of the source, with the fault in them. */
  Map<String, byte[]> classes() throws IOException {
    try {
      return MutantCompiler.compile(
          source.className(), Source.replaced(source.read(), original, replacement));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the fault \"%s\" does not fit %s any more: %s"
              .formatted(name, source.className(), e.getMessage()),
          e);
    }
  }

  /** The invariant's name if what was broken is one of those meant for this. */
  Optional<String> meantBy(String broken) {
    return meant.stream().filter(invariant -> broken.startsWith(invariant + ": ")).findFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
