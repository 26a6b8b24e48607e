package dev.synod.testkit.paxos;

import java.util.Map;
import java.util.function.Function;

/**
 * Explores a log whose replicas learn from each other, with whichever rules are loaded; in and out
 * go only classes that all class loaders share.
 */
public final class LogExplorerRun implements Function<Map<String, Object>, String> {

  /** What was broken, and how it came about; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    return new LogExplorer(LogExplorer.LEARNING).run().broken().orElse("");
  }
}
