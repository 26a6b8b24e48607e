package dev.synod.actors.replica;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.replica.ApplierMessage.Waiter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What clients have asked of a leader since its last flush: everything that arrives while the
 * mailbox is being worked off becomes one append and one round of confirmation. For replica actors
 * of any protocol.
 */
public final class ClientQueue {

  /** A question and who asks it. */
  public record Asked(ActorRef<Answers> client, Question question) {}

  /** A proposal and who proposes it. */
  public record Proposed(ActorRef<Answers> client, Proposal proposal) {

    public Waiter notAppended() {
      return new Waiter(0, proposal.tag(), client);
    }
  }

  /**
   * Reads that wait for one confirmation.
   *
   * @param since when it was first asked for, by this replica's clock
   */
  public record Confirming(List<Asked> reads, long since) {}

  /** What a client calls one attempt at a request. */
  private record Try(ActorRef<Answers> client, long tag) {

    static Try of(Proposed proposed) {
      return new Try(proposed.client(), proposed.proposal().tag());
    }
  }

  private static final Confirming NOTHING = new Confirming(List.of(), 0);

  private final Map<Long, Confirming> confirming = new HashMap<>();

  private int readsMax;
  private final ProposalQueue proposals = new ProposalQueue();
  private List<Asked> reads = new ArrayList<>();
  private List<Asked> leaseReads = new ArrayList<>();
  private int readsPending;
  private long readNumber;
  private boolean prepares;
  private final Set<Try> preparing = new HashSet<>();

  /**
   * Nobody has asked anything.
   *
   * @param readNumber of reads, to begin with: drawn anew in each life, so that what is said about
   *     a read of an earlier one is never taken for that of another
   */
  public ClientQueue(int readsMax, long readNumber) {
    this.readsMax = readsMax;
    this.readNumber = readNumber;
  }

  /** Another bound from now on. */
  public void readsMax(int most) {
    readsMax = most;
  }

  public int proposals() {
    return proposals.size();
  }

  /** Whether what is proposed must be {@linkplain ApplierMessage.Prepare prepared} first. */
  public boolean prepares() {
    return prepares;
  }

  public void prepares(boolean must) {
    prepares = must;
  }

  /**
   * Proposals leave the queue to be prepared. The copy of one that is out already is dropped: the
   * answer to that one is the answer to both, and another would be a lie if one of them were
   * appended and the other not.
   *
   * @return those that are to be prepared
   */
  public List<Proposed> startPreparing(List<Proposed> proposed) {
    return proposed.stream().filter(one -> preparing.add(Try.of(one))).toList();
  }

  /** They are back. */
  public void endPreparing(ApplierMessage.Prepared prepared) {
    prepared.all().forEach(one -> preparing.remove(Try.of(one)));
  }

  /** So many have left the queue to be prepared, and are not back. */
  public int preparing() {
    return preparing.size();
  }

  public int readsPending() {
    return readsPending;
  }

  public boolean isEmpty() {
    return proposals.size() == 0 && reads.isEmpty() && leaseReads.isEmpty();
  }

  /**
   * Proposals are to be taken.
   *
   * @return earlier tries of these that were left by {@link #takeProposals(int)}: they will not be
   *     taken, and are to be refused
   */
  public List<Waiter> add(Propose propose) {
    var client = propose.client();
    return proposals.add(
        propose.proposals().stream().map(proposal -> new Proposed(client, proposal)).toList());
  }

  public boolean hasRoomFor(Ask ask) {
    return readsPending + ask.questions().size() <= readsMax;
  }

  public void add(ActorRef<Answers> client, Question question) {
    reads.add(new Asked(client, question));
    readsPending++;
  }

  public void addLease(ActorRef<Answers> client, Question question) {
    leaseReads.add(new Asked(client, question));
    readsPending++;
  }

  public List<Proposed> takeProposals() {
    return takeProposals(Integer.MAX_VALUE);
  }

  /** Nobody takes them any more: all proposals, to be refused. */
  public List<Waiter> takeNotAppended() {
    return takeProposals().stream().map(Proposed::notAppended).toList();
  }

  /** So many at most, the oldest first. */
  public List<Proposed> takeProposals(int most) {
    return proposals.take(most);
  }

  public boolean hasReads() {
    return !reads.isEmpty();
  }

  public boolean hasLeaseReads() {
    return !leaseReads.isEmpty();
  }

  /** Whether some reads wait for a confirmation. */
  public boolean isConfirming() {
    return !confirming.isEmpty();
  }

  /** The number of those that wait longest. */
  public OptionalLong oldestConfirming() {
    return confirming.keySet().stream().mapToLong(number -> number).min();
  }

  /** All reads since the last flush get one number. */
  public long numberReads(long now) {
    confirming.put(++readNumber, new Confirming(reads, now));
    reads = new ArrayList<>();
    return readNumber;
  }

  /** All lease reads since the last flush get one number. */
  public long numberLeaseReads(long now) {
    confirming.put(++readNumber, new Confirming(leaseReads, now));
    leaseReads = new ArrayList<>();
    return readNumber;
  }

  /** Those of that number; none if they were confirmed or given up before. */
  public Confirming confirmed(long number) {
    var asked = confirming.remove(number);
    if (asked == null) {
      return NOTHING;
    }
    readsPending -= asked.reads().size();
    return asked;
  }

  /** Nobody will confirm them: all reads which are not confirmed. */
  public List<Waiter> takeReads() {
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
  public static Waiter waiter(Asked asked) {
    return new Waiter(0, asked.question().tag(), asked.client());
  }
}
