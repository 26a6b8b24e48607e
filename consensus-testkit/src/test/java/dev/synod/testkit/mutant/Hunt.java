package dev.synod.testkit.mutant;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Simulates seed after seed with classes of its own. */
final class Hunt {

  private final MutantLoader loader;
  private final Search search;
  private final Function<Map<String, Object>, String> run;

  Hunt(MutantLoader loader, Search search) throws ReflectiveOperationException {
    this.loader = loader;
    this.search = search;
    @SuppressWarnings("unchecked") // it is one, in any loader
    var made =
        (Function<Map<String, Object>, String>)
            loader.loadClass(search.run()).getDeclaredConstructor().newInstance();
    this.run = made;
  }

  /** What was broken with that seed: the invariant's name, a colon, and how. */
  Optional<String> brokenBy(long seed) {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      var text = run.apply(search.wanted(seed));
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
