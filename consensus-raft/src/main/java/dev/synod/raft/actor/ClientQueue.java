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
import java.util.OptionalLong;
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

  /**
   * Reads that wait for one confirmation.
   *
   * @param since when it was first asked for, by this replica's clock
   */
  record Confirming(List<Asked> reads, long since) {}

  private static final Confirming NOTHING = new Confirming(List.of(), 0);

  private final Map<Long, Confirming> confirming = new HashMap<>();

  private int readsMax;
  private List<Proposed> proposals = new ArrayList<>();
  private List<Asked> reads = new ArrayList<>();
  private List<Asked> leaseReads = new ArrayList<>();
  private int readsPending;
  private long readNumber;

  /**
   * Nobody has asked anything.
   *
   * @param readNumber of reads, to begin with: drawn anew in each life, so that what is said about
   *     a read of an earlier one is never taken for that of another
   */
  ClientQueue(int readsMax, long readNumber) {
    this.readsMax = readsMax;
    this.readNumber = readNumber;
  }

  /** Another bound from now on. */
  void readsMax(int most) {
    readsMax = most;
  }

  int proposals() {
    return proposals.size();
  }

  int readsPending() {
    return readsPending;
  }

  boolean isEmpty() {
    return proposals.isEmpty() && reads.isEmpty() && leaseReads.isEmpty();
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

  void addLease(ActorRef<Answers> client, Question question) {
    leaseReads.add(new Asked(client, question));
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

  boolean hasLeaseReads() {
    return !leaseReads.isEmpty();
  }

  /** Whether some reads wait for a confirmation. */
  boolean isConfirming() {
    return !confirming.isEmpty();
  }

  /** The number of those that wait longest. */
  OptionalLong oldestConfirming() {
    return confirming.keySet().stream().mapToLong(number -> number).min();
  }

  /** All reads since the last flush get one number. */
  long numberReads(long now) {
    confirming.put(++readNumber, new Confirming(reads, now));
    reads = new ArrayList<>();
    return readNumber;
  }

  /** All lease reads since the last flush get one number. */
  long numberLeaseReads(long now) {
    confirming.put(++readNumber, new Confirming(leaseReads, now));
    leaseReads = new ArrayList<>();
    return readNumber;
  }

  /** Those of that number; none if they were confirmed or given up before. */
  Confirming confirmed(long number) {
    var asked = confirming.remove(number);
    if (asked == null) {
      return NOTHING;
    }
    readsPending -= asked.reads().size();
    return asked;
  }

  /** Nobody will confirm them: all reads which are not confirmed. */
  List<Waiter> takeReads() {
    var taken = new ArrayList<Waiter>();
    confirming.values().forEach(asked -> asked.reads().forEach(one -> taken.add(waiter(one))));
    reads.forEach(one -> taken.add(waiter(one)));
    leaseReads.forEach(one -> taken.add(waiter(one)));
    confirming.clear();
    reads = new ArrayList<>();
    leaseReads = new ArrayList<>();
    readsPending = 0;
    return taken;
  }

  /** An answer that none of them gets. */
  static Waiter waiter(Asked asked) {
    return new Waiter(0, asked.question().tag(), asked.client());
  }
}
