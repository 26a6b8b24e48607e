package dev.synod.testkit;

import dev.synod.actors.Protocol;
import dev.synod.zab.Zab;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A group on ZAB")
class ZabContractTest extends ConsensusContract {

  @Override
  protected Protocol protocol() {
    return Zab.protocol();
  }

  @Override
  protected String pendingAtMost(int proposals) {
    return "synod.zab.proposals-pending-max = " + proposals;
  }
}
