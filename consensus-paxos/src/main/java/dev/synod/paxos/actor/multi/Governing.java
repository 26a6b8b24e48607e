package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.paxos.rules.multi.Regimes;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Which configuration governs which slot, as a learner finds it in what is chosen. It tells its
 * proposer and the node whenever another one is chosen.
 */
final class Governing {

  private final ReplicaSetup setup;
  private final ActorRef<ReplicaMessage> proposer;
  private Regimes regimes;

  Governing(ReplicaSetup setup, Regimes founding, ActorRef<ReplicaMessage> proposer) {
    this.setup = setup;
    this.proposer = proposer;
    this.regimes = founding;
  }

  /** The state is that of a snapshot of that slot. */
  void restored(long slot, Configuration configuration) {
    regimes = regimes.restored(slot, configuration);
    tell();
  }

  /** These were chosen, slot after slot, and go to the state machine. */
  void fed(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.kind() == EntryKind.CONFIGURATION) {
        regimes = regimes.chosen(entry.index(), Configuration.decode(entry.payload()));
        tell();
      }
    }
  }

  private void tell() {
    proposer.tell(new Inside.Governed(regimes));
    setup.reconfigured().accept(regimes.latest().configuration());
  }

  /** Whether a snapshot that is taken from that slot on says all that a start has to know. */
  boolean isSettledAt(long slot) {
    return regimes.isSettledAt(slot);
  }
}
