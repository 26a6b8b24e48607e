package dev.synod.testkit.mutant;

import java.util.List;

/** What a client does while it waits, broken. */
final class ClientMutants {

  private ClientMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "sets no timer for what it waits for",
            new Source("consensus-actors", "dev.synod.actors.client.GroupClient"),
            "ticks.wakeAt(dueAt());",
            "",
            List.of("a healed group recovers"),
            Conditions.FIVE,
            40));
  }
}
