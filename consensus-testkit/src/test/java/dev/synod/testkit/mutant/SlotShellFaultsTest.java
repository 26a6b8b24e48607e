package dev.synod.testkit.mutant;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A fault planted in what runs the rules of Multi-Paxos")
class SlotShellFaultsTest extends FaultHunt {

  static List<List<Mutant>> all() {
    return List.of(
        SlotShellMutants.disks(),
        SlotShellMutants.readers(),
        SlotShellMutants.compactions(),
        SlotShellMutants.others(),
        SlotShellMutants.rules(),
        SlotLeaseMutants.leases(),
        SlotLeaseMutants.reads(),
        SlotMemberMutants.all());
  }

  SlotShellFaultsTest() {
    super(all());
  }
}
