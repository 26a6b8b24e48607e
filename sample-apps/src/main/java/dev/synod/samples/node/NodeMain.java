package dev.synod.samples.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node as a process. Its one argument is {@link NodeSettings} as JSON. It ends on a signal, and
 * when its standard input ends: then whoever started it is gone, even if by {@code kill -9}.
 */
public final class NodeMain {

  private static final Logger LOG = LoggerFactory.getLogger(NodeMain.class);

  private NodeMain() {}

  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("one argument, the settings of the node as JSON");
    }
    var settings = NodeSettings.parse(arguments[0]);
    var system = ActorSystem.create(Behaviors.empty(), NodeSettings.SYSTEM, config(settings));
    try {
      var groups = ConsensusGroups.start(system, settings);
      WebServer.start(system, settings, groups, settings.self().webPort())
          .toCompletableFuture()
          .join();
    } catch (CompletionException | IllegalArgumentException | IllegalStateException e) {
      LOG.error("node {} can't start", settings.name(), e);
      System.exit(1);
    }
    LOG.info("node {} serves {}", settings.name(), settings.self().url());
    endWith(System.in, system);
  }

  private static Config config(NodeSettings settings) {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.remote.artery.canonical.hostname",
                NodeSettings.LOOPBACK,
                "pekko.remote.artery.canonical.port",
                settings.self().nodePort(),
                "pekko.coordinated-shutdown.exit-jvm",
                "on",
                "synod.data-directory",
                settings.folder().toString()))
        .withFallback(ConfigFactory.load("synod-demo-node"));
  }

  /** Waits for the end of the stream; this thread has nothing else to do. */
  private static void endWith(InputStream stream, ActorSystem<?> system) {
    try {
      stream.transferTo(OutputStream.nullOutputStream());
      LOG.info("the demo that started this node is gone: ending");
    } catch (IOException e) {
      LOG.warn("standard input failed, so the demo that started this node can't be seen", e);
    }
    system.terminate();
  }
}
