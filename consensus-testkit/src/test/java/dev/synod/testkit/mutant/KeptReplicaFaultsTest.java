package dev.synod.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A fault planted in how replicas of data types are kept")
class KeptReplicaFaultsTest extends FaultHunt {

  static List<List<Mutant>> all() {
    return List.of(KeptReplicaMutants.all());
  }

  KeptReplicaFaultsTest() {
    super(all());
  }
}
