package dev.synod.testkit.lab.silence;

import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A client on n1 asks a server on n2 for one deed, hears nothing, and much later asks once more.
 */
final class Experiment {

  private final World world;
  private final Map<String, ActorRef<Server.Message>> servers = new HashMap<>();
  private final List<String> seen = new ArrayList<>();
  private int deeds;

  /**
   * What came of it.
   *
   * @param seen by the client until it gave up for the first time
   * @param deedsThen had been done by then
   * @param deedsLater had been done once all was well again
   * @param deedsAfterRetry had been done when the second request was answered
   */
  record Result(
      List<String> seen, int deedsThen, int deedsLater, int deedsAfterRetry, long trace) {}

  private Experiment(long seed) {
    world = LabWorld.of(seed, 2, this::boot);
    world.network().quality(LabWorld.STEADY);
  }

  private void boot(Machine machine) {
    if (machine.name().equals("n2")) {
      servers.put("n2", machine.spawn(Server.on(machine, () -> deeds++), "server"));
    }
  }

  static Result of(long seed, Schedule faults) {
    return new Experiment(seed).run(faults);
  }

  private Result run(Schedule faults) {
    var engine = world.engine();
    var machine = world.machine("n1");
    var client = machine.spawn(Client.on(machine, () -> servers.get("n2"), seen::add), "client");
    faults.play(world);
    engine.runFor(Silence.ASKED);
    client.tell(Client.Ask.ASK);
    engine.runFor(Client.PATIENCE.plusMillis(1));
    var seenThen = List.copyOf(seen);
    int deedsThen = deeds;
    engine.runFor(Duration.ofSeconds(10));
    int deedsLater = deeds;
    client.tell(Client.Ask.ASK);
    engine.runFor(Client.PATIENCE);
    return new Result(seenThen, deedsThen, deedsLater, deeds, engine.trace().hash());
  }
}
