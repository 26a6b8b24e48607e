package dev.synod.samples.modes;

import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.ReplicatorPeers;
import dev.synod.crdt.actor.ReplicatorSettings;
import dev.synod.crdt.actor.ReplicatorSetup;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import dev.synod.samples.demo.DemoException;
import dev.synod.samples.demo.Waiting;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.Props;

/** A replica of keyed values at each node of the cluster. */
final class Replicas {

  /** For replicas to find each other, on a machine that is busy with other things. */
  private static final Duration MEET_MAX = Duration.ofSeconds(20);

  private final Map<String, Replica> replicas = new LinkedHashMap<>();

  private Replicas() {}

  /**
   * Starts them, and waits until all have met.
   *
   * @param name of these values; each act has its own
   */
  static Replicas start(Cluster cluster, String name, Family<?>... families) {
    return start(cluster, name, "", families);
  }

  /**
   * The same, with some settings changed.
   *
   * @param settings as they would stand in {@code synod.crdt}
   */
  static Replicas start(Cluster cluster, String name, String settings, Family<?>... families) {
    var made = new Replicas();
    for (var node : cluster.names()) {
      made.replicas.put(node, start(cluster, node, "modes-" + name, settings, families));
    }
    made.meet(cluster.names().size() - 1);
    return made;
  }

  private static Replica start(
      Cluster cluster, String node, String actor, String settings, Family<?>... families) {
    var system = cluster.system(node);
    var random = new SecureRandom();
    var remoting = ReplicatorPeers.remoting(system, "/system/" + actor);
    var setup =
        new ReplicatorSetup(
            cluster.address(node),
            cluster.addresses(),
            List.of(families),
            ReplicatorSettings.from(
                ConfigFactory.parseString(settings)
                    .withFallback(system.settings().config().getConfig("synod.crdt"))),
            cluster.links().between(cluster.address(node), remoting),
            () -> new ReplicaId(random.nextInt(Integer.MAX_VALUE)));
    var replicator = system.systemActorOf(Replicator.behavior(setup), actor, Props.empty());
    return new Replica(system, ReplicatedValues.of(system, replicator));
  }

  private void meet(int others) {
    boolean haveMet =
        new Waiting()
            .until(
                () ->
                    replicas.values().stream()
                        .allMatch(it -> it.describe().others().size() == others),
                MEET_MAX);
    if (!haveMet) {
      throw new DemoException("The replicas did not meet in " + MEET_MAX.toSeconds() + " s.");
    }
  }

  Replica at(String node) {
    var replica = replicas.get(node);
    if (replica == null) {
      throw new IllegalArgumentException("no replica is at " + node);
    }
    return replica;
  }

  /** What each node shows of that key from now on. */
  <T extends Lattice<T>> Everywhere<T> show(Family<T> family, String key) {
    var shown = new LinkedHashMap<String, Shown<T>>();
    replicas.forEach((node, replica) -> shown.put(node, replica.show(family, key)));
    return new Everywhere<>(shown);
  }
}
