package dev.synod.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A fault planted in what runs the rules")
class ShellFaultsTest extends FaultHunt {

  static List<List<Mutant>> all() {
    return List.of(
        ShellMutants.all(),
        RetuneMutants.all(),
        ClientMutants.all(),
        LogMutants.all(),
        ReadmissionMutants.all(),
        RecoveryMutants.all(),
        WatchMutants.all(),
        ConsistencyMutants.all(),
        WitnessMutants.all());
  }

  ShellFaultsTest() {
    super(all());
  }
}
