package dev.synod.testkit.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.TreeMap;

/** The configuration of an actor system without threads. */
final class EngineConfig {

  private static final String FIXED =
      """
      pekko {
        use-slf4j = off
        loggers = ["org.apache.pekko.event.Logging$StandardOutLogger"]
        stdout-loglevel = OFF
        loglevel = OFF
        jvm-shutdown-hooks = off
        coordinated-shutdown.run-by-jvm-shutdown-hook = off
        coordinated-shutdown.run-by-actor-system-terminate = off
        actor.provider = local
        scheduler.implementation = "%s"
      }
      """
          .formatted(VirtualScheduler.class.getName());

  private record Made(Config own, Config threadless) {}

  /** The last one: seed after seed has the same. */
  private static volatile Made last = made(ConfigFactory.load());

  private EngineConfig() {}

  /** That configuration, with all of its dispatchers replaced. */
  static Config of(Config own) {
    var known = last;
    if (known.own() != own) { // to compare what they hold would take longer
      known = made(own);
      last = known;
    }
    return known.threadless();
  }

  private static Made made(Config own) {
    return new Made(own, threadless(own));
  }

  private static Config threadless(Config own) {
    var base = ConfigFactory.parseString(FIXED).withFallback(own);
    var config = base;
    for (String path : dispatchers("", base.root(), new TreeMap<>()).keySet()) {
      config =
          config
              .withValue(path + ".type", text("Dispatcher"))
              .withValue(path + ".executor", text(OneQueueExecutor.class.getName()))
              .withValue(path + ".throughput", number(1))
              .withValue(path + ".throughput-deadline-time", text("0ms"));
    }
    return config;
  }

  /**
   * Every section that looks like a dispatcher: it names its kind, and an executor or a throughput.
   */
  private static Map<String, ConfigObject> dispatchers(
      String path, ConfigObject section, Map<String, ConfigObject> found) {
    if (section.containsKey("type")
        && (section.containsKey("executor") || section.containsKey("throughput"))) {
      found.put(path, section);
    }
    section.forEach((key, value) -> descend(path, key, value, found));
    return found;
  }

  private static void descend(
      String path, String key, ConfigValue value, Map<String, ConfigObject> found) {
    if (value instanceof ConfigObject child) {
      var quoted = ConfigUtil.joinPath(key);
      dispatchers(path.isEmpty() ? quoted : path + "." + quoted, child, found);
    }
  }

  private static ConfigValue text(String value) {
    return ConfigValueFactory.fromAnyRef(value);
  }

  private static ConfigValue number(long value) {
    return ConfigValueFactory.fromAnyRef(value);
  }
}
