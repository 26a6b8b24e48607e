package dev.synod.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A fault planted in the rules of ZAB")
class ZabRuleFaultsTest extends FaultHunt {

  static List<List<Mutant>> all() {
    return List.of(
        ZabRuleMutants.election(),
        ZabRuleMutants.discovery(),
        ZabRuleMutants.epochs(),
        ZabRuleMutants.synchronization(),
        ZabRuleMutants.recovery(),
        ZabRuleMutants.broadcast(),
        ZabRuleMutants.acknowledgements(),
        ZabRuleMutants.deliveries(),
        ZabRuleMutants.reads(),
        ZabMemberMutants.all());
  }

  ZabRuleFaultsTest() {
    super(all());
  }
}
