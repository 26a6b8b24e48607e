package dev.synod.testkit.mutant;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Simulates seed after seed with classes of its own. */
final class Hunt {

  private final MutantLoader loader;
  private final Conditions conditions;
  private final Function<Map<String, Object>, String> run;

  Hunt(MutantLoader loader, Conditions conditions) throws ReflectiveOperationException {
    this.loader = loader;
    this.conditions = conditions;
    @SuppressWarnings("unchecked") // SeedRun is one, in any loader
    var made =
        (Function<Map<String, Object>, String>)
            loader.loadClass(SeedRun.class.getName()).getDeclaredConstructor().newInstance();
    this.run = made;
  }

  /** What was broken with that seed: the invariant's name, a colon, and how. */
  Optional<String> brokenBy(long seed) {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      var text =
          run.apply(
              Map.of(
                  "seed",
                  seed,
                  "nodes",
                  conditions.nodes(),
                  "founders",
                  conditions.founders(),
                  "witnesses",
                  conditions.witnesses(),
                  "profile",
                  conditions.profile().name(),
                  "seconds",
                  conditions.seconds(),
                  "gapMillis",
                  conditions.gapMillis(),
                  "course",
                  conditions.course().name(),
                  "settings",
                  conditions.settings()));
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
