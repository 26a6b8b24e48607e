package dev.synod.raft.actor;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.replica.ApplierMessage.Waiter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What clients have asked of a leader since its last flush: everything that arrives while the
 * mailbox is being worked off becomes one append and one round of confirmation.
 */
final class ClientQueue {

  /** A question and who asks it. */
  record Asked(ActorRef<Answers> client, Question question) {}

  /** A proposal and who proposes it. */
  record Proposed(ActorRef<Answers> client, Proposal proposal) {

    Waiter notAppended() {
      return new Waiter(0, proposal.tag(), client);
    }
  }

  private final int readsMax;
  private final Map<Long, List<Asked>> confirming = new HashMap<>();

  private List<Proposed> proposals = new ArrayList<>();
  private List<Asked> reads = new ArrayList<>();
  private int readsPending;
  private long readNumber;

  ClientQueue(int readsMax) {
    this.readsMax = readsMax;
  }

  int proposals() {
    return proposals.size();
  }

  boolean isEmpty() {
    return proposals.isEmpty() && reads.isEmpty();
  }

  void add(Propose propose) {
    for (var proposal : propose.proposals()) {
      proposals.add(new Proposed(propose.client(), proposal));
    }
  }

  boolean hasRoomFor(Ask ask) {
    return readsPending + ask.questions().size() <= readsMax;
  }

  void add(ActorRef<Answers> client, Question question) {
    reads.add(new Asked(client, question));
    readsPending++;
  }

  List<Proposed> takeProposals() {
    var taken = proposals;
    proposals = new ArrayList<>();
    return taken;
  }

  boolean hasReads() {
    return !reads.isEmpty();
  }

  /** All reads since the last flush get one number. */
  long numberReads() {
    confirming.put(++readNumber, reads);
    reads = new ArrayList<>();
    return readNumber;
  }

  List<Asked> confirmed(long number) {
    var asked = confirming.remove(number);
    if (asked == null) {
      return List.of();
    }
    readsPending -= asked.size();
    return asked;
  }

  /** No longer leader: all reads which are not confirmed. */
  List<Waiter> takeReads() {
    var taken = new ArrayList<Waiter>();
    confirming.values().forEach(asked -> asked.forEach(one -> taken.add(waiter(one))));
    reads.forEach(one -> taken.add(waiter(one)));
    confirming.clear();
    reads = new ArrayList<>();
    readsPending = 0;
    return taken;
  }

  private static Waiter waiter(Asked asked) {
    return new Waiter(0, asked.question().tag(), asked.client());
  }
}
