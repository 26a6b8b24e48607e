package dev.synod.paxos.actor.multi;

import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.replica.Contacts;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.rules.multi.Leading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** What acceptors have told a proposer of themselves, for people to see: no rule depends on it. */
final class KnownAcceptors {

  private final Contacts contacts;
  private final Map<StoreId, Long> chosen = new HashMap<>();

  /**
   * @param nanoTime monotonic, in nanoseconds
   */
  KnownAcceptors(LongSupplier nanoTime) {
    this.contacts = new Contacts(nanoTime);
  }

  /** Notes what that tells, and gives it back. */
  SlotMessage.ToProposer heard(SlotMessage.ToProposer message) {
    contacts.heard(message.from());
    if (message instanceof SlotMessage.Accepted accepted) {
      chosen.merge(accepted.from(), accepted.chosen(), Math::max);
    } else if (message instanceof SlotMessage.LeadReply reply) {
      chosen.merge(reply.from(), reply.chosen(), Math::max);
    }
    return message;
  }

  /** The others, each with the slot up to which it knows all to be chosen. */
  List<ReplicaStatus.Peer> of(Leading leading) {
    var self = leading.state().self();
    return leading.state().configuration().members().stream()
        .filter(member -> !member.store().equals(self))
        .map(
            member ->
                new ReplicaStatus.Peer(
                    member,
                    chosen.getOrDefault(member.store(), 0L),
                    contacts.ageMillis(member.store())))
        .toList();
  }
}
