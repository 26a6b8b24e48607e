package dev.synod.testkit.paxos;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Explores a setting of that name, with whichever rules are loaded; in and out go only classes that
 * all class loaders share.
 */
public final class ExplorerRun implements Function<Map<String, Object>, String> {

  private static final Map<String, Setting> SETTINGS = new TreeMap<>();

  static {
    SETTINGS.put("three", Setting.THREE);
    SETTINGS.put("late", Setting.LATE);
    SETTINGS.put("crashing", Setting.CRASHING);
    SETTINGS.put("forgetting", Setting.FORGETTING);
    SETTINGS.put("two and two of four", Setting.flexible(4, 2, 2));
  }

  /** What was broken, and how it came about; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    var name = String.valueOf(wanted.get("setting"));
    var setting = SETTINGS.get(name);
    if (setting == null) {
      throw new IllegalArgumentException("no setting is called " + name);
    }
    return new Explorer(setting).run().broken().orElse("");
  }
}
