package dev.synod.testkit.scenario;

import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.actors.replica.ReplicaSetup;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A protocol as it is, but for its name, so that no invariants look on: what is tested here they
 * would take for a broken group. It notes which replicas fail, and how many are told to have
 * diverged.
 */
final class Noted implements Protocol {

  final List<String> failed = new ArrayList<>();
  int diverged;
  private final Protocol protocol;

  Noted(Protocol protocol) {
    this.protocol = protocol;
  }

  @Override
  public String name() {
    return protocol.name() + "-noted";
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    var node = setup.self().node().name();
    return protocol.replica(
        new ReplicaSetup(
            setup.group(),
            setup.self(),
            setup.founded(),
            setup.log(),
            setup.peers(),
            setup.roster(),
            setup.applier(),
            setup.random(),
            setup.nanoTime(),
            meters(node),
            setup.snapshots(),
            setup.reconfigured()));
  }

  private ReplicaMeters meters(String node) {
    Map<String, Runnable> noted =
        Map.of("failed", () -> failed.add(node), "diverged", () -> diverged++);
    return (ReplicaMeters)
        Proxy.newProxyInstance(
            ReplicaMeters.class.getClassLoader(),
            new Class<?>[] {ReplicaMeters.class},
            (proxy, method, arguments) -> {
              noted.getOrDefault(method.getName(), () -> {}).run();
              return null;
            });
  }
}
