package dev.synod.samples.cli;

import dev.synod.samples.api.NodeClient;
import dev.synod.samples.api.Nodes;
import dev.synod.samples.demo.DemoFile;
import dev.synod.samples.demo.DemoFolder;
import dev.synod.samples.demo.Orders;
import java.net.http.HttpClient;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The option by which commands find the demo that they talk to. Where a command has commands of its
 * own, it may stand before or after their names.
 */
final class RunningDemo {

  static final String FOLDER = ".synod/demo";

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = FOLDER,
      scope = ScopeType.INHERIT,
      description = "The demo's folder (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(FOLDER);

  private final HttpClient http = NodeClient.sharedHttp();

  /** All nodes of the demo, which must be running. */
  Nodes nodes() {
    return file().clients(http);
  }

  Orders orders() {
    return new Orders(http, file());
  }

  private DemoFile file() {
    return new DemoFolder(folder).running();
  }
}
