package dev.synod.testkit.scenario;

import dev.synod.core.Outcome;
import dev.synod.paxos.Paxos;
import dev.synod.testkit.Simulation;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One replica of a Multi-Paxos group has another state than the others, which somebody must notice;
 * with whichever rules and actors are loaded. In and out go only classes that all class loaders
 * share.
 */
public final class DivergedRun implements Function<Map<String, Object>, String> {

  private static final List<String> NODES = List.of("n1", "n2", "n3");
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int WRITES = 30;
  private static final int PAUSES = 100;

  private long copies;

  /** What was broken; nothing if all is well. */
  @Override
  public String apply(Map<String, Object> wanted) {
    copies = 0;
    var noted = new Noted(Paxos.protocol());
    var simulation = new Simulation((long) wanted.get("seed"), NODES.size(), Profile.CALM);
    var group =
        simulation.start(
            "whim", () -> new Whim(++copies <= 1 ? copies : 0, Whim.Shows.IN_REPLIES), noted);
    for (int i = 0; i < WRITES && noted.failed.isEmpty(); i++) {
      var from = group.on(NODES.get(i % NODES.size()));
      while (!(simulation.await(from.propose(1L)) instanceof Outcome.Ok)) {
        simulation.advance(PAUSE);
      }
    }
    for (int i = 0; i < PAUSES && noted.failed.isEmpty(); i++) {
      simulation.advance(PAUSE);
    }
    return noted.failed.isEmpty() ? "a replica that differs is noticed: none was" : "";
  }
}
