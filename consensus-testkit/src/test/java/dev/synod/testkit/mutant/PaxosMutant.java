package dev.synod.testkit.mutant;

import java.io.IOException;

/**
 * One rule of Paxos, broken.
 *
 * @param name what it does wrong, in words
 * @param className of the source
 * @param original what stands there now, once; blanks and line breaks do not count
 * @param replacement what is put in its place
 * @param run the class that looks for it: a function from text to text
 * @param setting what that is told
 * @param meant how what it finds begins
 */
record PaxosMutant(
    String name,
    String className,
    String original,
    String replacement,
    String run,
    String setting,
    String meant) {

  private static final String EXPLORER = "dev.synod.testkit.paxos.ExplorerRun";

  /** One that is found by looking at all states. */
  static PaxosMutant explored(
      String name, String rule, String original, String replacement, String setting, String meant) {
    return new PaxosMutant(
        name, "dev.synod.paxos." + rule, original, replacement, EXPLORER, setting, meant);
  }

  /** One that is found by simulating a register, within so many seeds. */
  static PaxosMutant register(String name, String rule, String original, String replacement) {
    return new PaxosMutant(
        name,
        "dev.synod.paxos." + rule,
        original,
        replacement,
        "dev.synod.testkit.paxos.RegisterRun",
        "40",
        "linearizability: ");
  }

  /** Classes with the fault in them. */
  MutantLoader loader() throws IOException {
    var source = new Source("consensus-paxos", className);
    var text = Source.replaced(source.read(), original, replacement);
    return new MutantLoader(className, MutantCompiler.compile(className, text));
  }

  @Override
  public String toString() {
    return name;
  }
}
