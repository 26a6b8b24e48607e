package dev.synod.samples.node;

import dev.synod.samples.api.MachineTime;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;

/** Puts the web side of a node together and binds it to the loopback address. */
final class WebServer {

  /** For requests under way when the node stops. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private WebServer() {}

  /**
   * Serves from now on.
   *
   * @param port 0 for any free one
   */
  static CompletionStage<ServerBinding> start(
      ActorSystem<?> system, NodeSettings settings, Groups groups, int port) {
    Materializer materializer = SystemMaterializer.get(system).materializer();
    var answers = new Answers(groups, MachineTime.clock());
    var http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(system.executionContext())
            .build();
    var neighbours = new Neighbours(settings, groups, http, MachineTime::nanos);
    var live = new Live(settings, groups, answers, neighbours, materializer);
    var website = new Website(settings, groups, answers, neighbours, live, materializer);
    return Http.get(system)
        .newServerAt(NodeSettings.LOOPBACK, port)
        .bind(website::answer)
        .thenApply(binding -> binding.addToCoordinatedShutdown(GRACE, system));
  }
}
