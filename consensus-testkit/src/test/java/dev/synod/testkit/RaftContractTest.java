package dev.synod.testkit;

import dev.synod.actors.Protocol;
import dev.synod.raft.Raft;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@DisplayName("A group on Raft")
class RaftContractTest extends ConsensusContract {

  @Override
  protected Protocol protocol() {
    return Raft.protocol();
  }

  @Override
  protected String pendingAtMost(int proposals) {
    return "synod.raft.proposals-pending-max = " + proposals;
  }
}
