package dev.synod.testkit.mutant;

import java.util.List;

/**
 * One rule, broken.
 *
 * @param name what it does wrong, in words
 * @param source the file, such as {@code consensus-raft/…/rules/Votes}: module, slash, class name
 *     with its package
 * @param original what stands there now, once; blanks and line breaks do not count
 * @param replacement what is put in its place
 * @param meant the invariants that are there to notice; the first that is broken is one of them
 * @param conditions what it is simulated under
 * @param seedsMax from seed 1 on, within so many seeds it must be found
 */
record Mutant(
    String name,
    Source source,
    String original,
    String replacement,
    List<String> meant,
    Conditions conditions,
    int seedsMax) {

  Mutant(
      String name,
      Source source,
      String original,
      String replacement,
      String meant,
      Conditions conditions,
      int seedsMax) {
    this(name, source, original, replacement, List.of(meant), conditions, seedsMax);
  }

  @Override
  public String toString() {
    return name;
  }
}
