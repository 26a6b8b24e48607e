package dev.synod.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A fault planted in the rules of Multi-Paxos")
class SlotRuleFaultsTest extends FaultHunt {

  static List<List<Mutant>> all() {
    return List.of(
        SlotRuleMutants.acceptors(),
        SlotRuleMutants.votes(),
        SlotRuleMutants.learners(),
        SlotRuleMutants.preparing(),
        SlotRuleMutants.leading(),
        SlotRuleMutants.reads(),
        SlotStateMutants.all());
  }

  SlotRuleFaultsTest() {
    super(all());
  }
}
