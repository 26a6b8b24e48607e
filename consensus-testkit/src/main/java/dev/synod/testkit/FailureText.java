package dev.synod.testkit;

import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.picture.Caption;
import dev.synod.testkit.picture.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a failed {@link SimulationTest} says: seed, commit, what happened to the machines, how to
 * run it again, and where its picture is.
 *
 * @param test the simple name of its class
 * @param folder of the picture
 */
record FailureText(Simulation simulation, String test, String method, Path folder) {

  String of(Throwable failure) {
    return """
    %s
      seed %d, at %s s, commit %s
      what happened to the machines:
    %s
      again: %s
      picture: %s\
    """
        .formatted(
            failure.getMessage(),
            simulation.seed(),
            String.format(Locale.ROOT, "%.6f", now() / 1e9),
            Provenance.commit(),
            story(),
            command(),
            picture(failure));
  }

  private String story() {
    return simulation.story().isEmpty()
        ? "    nothing"
        : "    " + String.join(System.lineSeparator() + "    ", simulation.story());
  }

  private String command() {
    return "-Dtest=%s#%s -D%s=%d"
        .formatted(test, method, SimulationExtension.SEED, simulation.seed());
  }

  /** Where it is, or why there is none: a failure is told even if it cannot be drawn. */
  private String picture(Throwable failure) {
    var file = folder.resolve("%s-%s-%d.html".formatted(test, method, simulation.seed()));
    try {
      SimFailure.write(file, Page.of(simulation.recorder(), caption(failure)));
      return file.toString();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return "none, " + e;
    }
  }

  private Caption caption(Throwable failure) {
    return new Caption(
        "Seed " + simulation.seed() + " of " + test + "." + method,
        Optional.of(simulation.violation().orElseGet(() -> asserted(failure))),
        List.of("Commit " + Provenance.commit()),
        command(),
        String.join("\n", simulation.story()));
  }

  private Violation asserted(Throwable failure) {
    return new Violation("the test's assertion", String.valueOf(failure.getMessage()), now());
  }

  private long now() {
    return simulation.world().engine().nanoTime();
  }
}
