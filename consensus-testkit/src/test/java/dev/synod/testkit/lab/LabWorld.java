package dev.synod.testkit.lab;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.testkit.SimulatedGroup;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.Program;
import dev.synod.testkit.world.World;
import java.time.Duration;

/** Machines for a lab. */
public final class LabWorld {

  /** Every message takes exactly a millisecond: for scripts in which the order is the point. */
  public static final LinkQuality STEADY =
      new LinkQuality(Duration.ofMillis(1), Duration.ZERO, 0, 0, 0);

  private static final Config MESSAGES =
      ConfigFactory.parseString(
          """
          pekko.actor.serialization-bindings {
            "dev.synod.testkit.lab.LabMessage" = jackson-cbor
          }
          """);

  private LabWorld() {}

  /** Machines n1, n2, …, all on, each running that program from every boot on. */
  public static World of(long seed, int machines, Program program) {
    var world = new World(seed, machines, MESSAGES.withFallback(ConfigFactory.load()), program);
    world.bootAll();
    return world;
  }

  /** Synod's nodes n1, n2, …, on which actors of a lab may run, too. */
  public static Simulation synod(long seed, int machines) {
    var config = MESSAGES.withFallback(GroupSettings.smallLogs());
    return new Simulation(seed, machines, Profile.CALM, config);
  }

  /** The name of the machine whose replica leads that group; there must be one. */
  public static String leaderOf(Simulation simulation, SimulatedGroup<?, ?> group) {
    var status = simulation.await(group.on("n1").status());
    if (!status.role().equals("leader")) {
      throw new IllegalStateException("no leader answered, but " + status);
    }
    return status.self().node().name();
  }
}
