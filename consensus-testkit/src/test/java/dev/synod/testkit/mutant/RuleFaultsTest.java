package dev.synod.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A fault planted in the rules")
class RuleFaultsTest extends FaultHunt {

  static List<List<Mutant>> all() {
    return List.of(RuleMutants.all(), ReadMutants.all(), MemberMutants.all());
  }

  RuleFaultsTest() {
    super(all());
  }
}
