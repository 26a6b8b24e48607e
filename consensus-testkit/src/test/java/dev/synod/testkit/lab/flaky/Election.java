package dev.synod.testkit.lab.flaky;

import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/** Three electors. Once n1 leads, n1 and n2 don't hear each other any more; n3 hears both. */
final class Election {

  private final boolean asksFirst;
  private final Map<String, ActorRef<Elector.Message>> electors = new HashMap<>();
  private final List<String> leaders = new ArrayList<>();

  private Election(boolean asksFirst) {
    this.asksFirst = asksFirst;
  }

  /** Who came to lead within a minute of the bad link, in order. */
  static List<String> withBadLink(long seed, boolean asksFirst) {
    return new Election(asksFirst).run(seed);
  }

  private List<String> run(long seed) {
    var world = LabWorld.of(seed, 3, this::boot);
    untilFirstLeads(world);
    new Fault.Partition("n1,n3 | n3,n2").begin(world);
    leaders.clear();
    world.engine().runFor(Reign.BAD);
    return List.copyOf(leaders);
  }

  /** Others that lead are switched off and on again until it is n1's turn. */
  private void untilFirstLeads(World world) {
    while (leaders.isEmpty() || !leaders.get(leaders.size() - 1).equals("n1")) {
      int before = leaders.size();
      world.engine().runUntil(() -> leaders.size() > before, Reign.BAD);
      var leader = world.machine(leaders.get(leaders.size() - 1));
      if (!leader.name().equals("n1")) {
        leader.freeze();
        int known = leaders.size();
        world.engine().runUntil(() -> leaders.size() > known, Reign.BAD);
        leader.thaw();
      }
    }
    world.engine().runFor(Duration.ofMillis(100));
  }

  private void boot(Machine machine) {
    var others = World.names(3).stream().filter(name -> !name.equals(machine.name())).toList();
    electors.put(
        machine.name(),
        machine.spawn(
            Elector.on(
                machine, others, electors::get, asksFirst, (name, term) -> leaders.add(name)),
            "elector"));
  }
}
