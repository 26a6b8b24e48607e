package dev.synod.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A fault planted in Paxos")
class PaxosFaultsTest extends FaultHunt {

  static List<List<Mutant>> all() {
    return List.of(
        PaxosMutants.acceptors(),
        PaxosMutants.proposers(),
        PaxosMutants.others(),
        PaxosMutants.simulated());
  }

  PaxosFaultsTest() {
    super(all());
  }
}
