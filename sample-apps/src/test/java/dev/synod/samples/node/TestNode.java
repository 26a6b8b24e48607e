package dev.synod.samples.node;

import com.typesafe.config.ConfigFactory;
import dev.synod.samples.node.NodeSettings.Place;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.ServerBinding;

/** The web side of a node in this process, over groups in memory. */
public final class TestNode implements AutoCloseable {

  /** Ports at which nobody listens: nodes that are away. */
  private static final List<Place> PLACES =
      List.of(new Place("n1", 1, 1), new Place("n2", 2, 2), new Place("n3", 3, 3));

  private final InMemoryGroups groups = new InMemoryGroups();
  private final ActorSystem<Void> system;
  private final ServerBinding binding;

  public TestNode() {
    var config =
        ConfigFactory.parseString("pekko.actor.provider = local")
            .withFallback(ConfigFactory.load("synod-demo-node"));
    system = ActorSystem.create(Behaviors.empty(), "test-node", config);
    var settings = new NodeSettings("n1", Path.of("unused"), DemoProtocol.RAFT, PLACES);
    binding = WebServer.start(system, settings, groups.groups(), 0).toCompletableFuture().join();
  }

  public InMemoryGroups groups() {
    return groups;
  }

  public Place place() {
    return new Place("n1", 1, binding.localAddress().getPort());
  }

  public URI url() {
    return place().url();
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
