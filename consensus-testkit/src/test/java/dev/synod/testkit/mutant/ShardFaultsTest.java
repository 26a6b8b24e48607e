package dev.synod.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A fault planted in what replicas of shards tell each other")
class ShardFaultsTest extends FaultHunt {

  static List<List<Mutant>> all() {
    return List.of(ShardMutants.all());
  }

  ShardFaultsTest() {
    super(all());
  }
}
