package dev.synod.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A fault planted in what runs the rules of ZAB")
class ZabShellFaultsTest extends FaultHunt {

  static List<List<Mutant>> all() {
    return List.of(ZabShellMutants.disks(), ZabShellMutants.snapshots(), PreparationMutants.all());
  }

  ZabShellFaultsTest() {
    super(all());
  }
}
