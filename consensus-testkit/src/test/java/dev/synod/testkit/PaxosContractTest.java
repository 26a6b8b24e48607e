package dev.synod.testkit;

import dev.synod.actors.Protocol;
import dev.synod.paxos.Paxos;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A group on Multi-Paxos")
class PaxosContractTest extends ConsensusContract {

  @Override
  protected Protocol protocol() {
    return Paxos.protocol();
  }

  @Override
  protected String pendingAtMost(int proposals) {
    return "synod.paxos.multi.proposals-pending-max = " + proposals;
  }
}
