package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.paxos.rules.multi.Regime;
import dev.synod.paxos.rules.multi.Regimes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Which configuration governs which slot, as a learner finds it in what is chosen. It tells the
 * other roles and the node whenever another one is chosen.
 */
final class Governing {

  private final Consumer<List<Configuration>> node;
  private final ActorRef<ReplicaMessage> acceptor;
  private final ActorRef<ReplicaMessage> proposer;
  private Regimes regimes;
  private boolean elderGovern;

  /** The last slot of which it has heard; -1 before the start's snapshot. */
  private long last = -1;

  Governing(
      Consumer<List<Configuration>> node,
      Regimes founding,
      ActorRef<ReplicaMessage> acceptor,
      ActorRef<ReplicaMessage> proposer) {
    this.node = node;
    this.acceptor = acceptor;
    this.proposer = proposer;
    this.regimes = founding;
  }

  /**
   * The state is that of a snapshot of that slot, if it was not newer already. If it was, the
   * configuration is merely the newest, and may govern from a later slot on.
   */
  void restored(long slot, Configuration configuration) {
    if (slot <= last) {
      return;
    }
    last = slot;
    regimes = regimes.restored(slot, configuration);
    tell();
  }

  /** These were chosen, slot after slot, and go to the state machine. */
  void fed(List<Entry> entries) {
    last = entries.get(entries.size() - 1).index();
    for (Entry entry : entries) {
      if (entry.kind() == EntryKind.CONFIGURATION) {
        regimes =
            regimes
                .knownUpTo(entry.index() - 1)
                .chosen(entry.index(), Configuration.decode(entry.payload()));
        tell();
      }
    }
    if (elderGovern && isSettledAt(last)) {
      tellNode(List.of(regimes.latest()));
    }
  }

  private void tell() {
    var governed = new Inside.Governed(regimes);
    acceptor.tell(governed);
    proposer.tell(governed);
    tellNode(regimes.all());
  }

  /** Also of those that end with slots yet to be chosen here: their members are needed for that. */
  private void tellNode(List<Regime> governing) {
    elderGovern = governing.size() > 1;
    node.accept(governing.stream().map(Regime::configuration).toList());
  }

  /** That member by the newest configuration. */
  Optional<Member> member(StoreId store) {
    return regimes.latest().configuration().member(store);
  }

  /** Whether a snapshot that is taken from that slot on says all that a start has to know. */
  boolean isSettledAt(long slot) {
    return regimes.isSettledAt(slot);
  }
}
