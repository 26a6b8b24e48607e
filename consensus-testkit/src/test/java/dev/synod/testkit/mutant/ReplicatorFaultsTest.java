package dev.synod.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A fault planted in the replication of data types")
class ReplicatorFaultsTest extends FaultHunt {

  static List<List<Mutant>> all() {
    return List.of(ReplicatorMutants.all());
  }

  ReplicatorFaultsTest() {
    super(all());
  }
}
