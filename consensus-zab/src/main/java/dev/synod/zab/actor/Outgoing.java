package dev.synod.zab.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.EntrySender;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.replica.Roster;
import dev.synod.core.Entry;
import dev.synod.zab.protocol.ZabMessage;
import dev.synod.zab.rules.Effect;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What a server says, as it travels. */
final class Outgoing {

  private Outgoing() {}

  static EntrySender.Wanted wanted(Effect.SendEntries effect) {
    return new EntrySender.Wanted(
        effect.to(),
        effect.epoch(),
        effect.previous(),
        effect.lastIndex(),
        effect.commitIndex(),
        effect.informs());
  }

  /** Sends proposals; observers are informed. */
  static EntrySender sender(ReplicaSetup setup, ActorRef<ReplicaMessage> self, Roster roster) {
    return new EntrySender(
        setup.log(), self, (wanted, sent) -> proposed(setup, wanted, sent), roster::tell);
  }

  private static FromServer proposed(
      ReplicaSetup setup, EntrySender.Wanted wanted, List<Entry> sent) {
    var self = setup.self().store();
    return wrapped(
        setup,
        wanted.special()
            ? new ZabMessage.Inform(self, wanted.term(), wanted.previous(), sent)
            : new ZabMessage.Propose(
                self, wanted.term(), wanted.previous(), sent, wanted.commitIndex()));
  }

  static FromServer wrapped(ReplicaSetup setup, ZabMessage message) {
    return new FromServer(setup.founded().incarnation(), message);
  }
}
