package dev.synod.raft.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.EntrySender;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.replica.Roster;
import dev.synod.core.Entry;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.rules.Effect;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What a replica says, as it travels. */
final class Outgoing {

  private Outgoing() {}

  static EntrySender.Wanted wanted(Effect.SendEntries effect) {
    return new EntrySender.Wanted(
        effect.to(),
        effect.term(),
        effect.previous(),
        effect.lastIndex(),
        effect.commitIndex(),
        effect.witnessed());
  }

  /** Sends appends; what witnesses get says where entries stand, and no more. */
  static EntrySender sender(ReplicaSetup setup, ActorRef<ReplicaMessage> self, Roster roster) {
    return new EntrySender(
        setup.log(), self, (wanted, entries) -> append(setup, wanted, entries), roster::tell);
  }

  private static FromPeer append(
      ReplicaSetup setup, EntrySender.Wanted wanted, List<Entry> entries) {
    var sent = wanted.special() ? entries.stream().map(Entry::witnessed).toList() : entries;
    return wrapped(
        setup,
        new AppendEntries(
            setup.self().store(), wanted.term(), wanted.previous(), sent, wanted.commitIndex()));
  }

  static FromPeer wrapped(ReplicaSetup setup, RaftMessage message) {
    return new FromPeer(setup.founded().incarnation(), message);
  }
}
