package dev.synod.testkit.picture;

import dev.synod.testkit.invariant.Violation;
import java.util.List;
import java.util.Optional;

/**
 * What is said around a picture.
 *
 * @param title such as {@code seed 42}
 * @param facts a line each: commit, nodes, how it was shrunk
 * @param command that runs it again
 * @param story what went wrong with the machines, a line each
 */
public record Caption(
    String title, Optional<Violation> violation, List<String> facts, String command, String story) {

  /** What is broken and how, or that nothing is. */
  String verdict() {
    return violation
        .map(broken -> broken.invariant() + ": " + broken.text())
        .orElse("No invariant was broken.");
  }
}
