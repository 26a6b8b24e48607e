package dev.synod.paxos.protocol.multi;

import dev.synod.core.Entry;
import dev.synod.core.Invariants;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import java.util.List;

/**
 * What replicas of a log say to each other (Lamport 2001, §3). Any of it may be lost, doubled or
 * late.
 */
public sealed interface SlotMessage {

  StoreId from();

  /** The proposal that it is about; what is about reads or learned values is about none. */
  Ballot ballot();

  /** What an acceptor is asked. */
  sealed interface ToAcceptor extends SlotMessage {
    <R> R match(ForAcceptor<R> cases);
  }

  /** What a proposer is told, mostly by acceptors. */
  sealed interface ToProposer extends SlotMessage {
    <R> R match(ForProposer<R> cases);
  }

  /** What a learner is told. */
  sealed interface ToLearner extends SlotMessage {
    <R> R match(ForLearner<R> cases);
  }

  /**
   * "Would you promise that ballot?" Changes nothing: a proposer that was cut off would otherwise
   * come back with a high ballot and depose one that is well.
   *
   * @param firstSlot from which on it would ask for promises
   */
  record Canvass(StoreId from, Ballot ballot, long firstSlot) implements ToAcceptor {
    @Override
    public <R> R match(ForAcceptor<R> cases) {
      return cases.canvass(this);
    }
  }

  /** Phase 1(a), for that slot and all after it. */
  record Prepare(StoreId from, Ballot ballot, long firstSlot) implements ToAcceptor {
    @Override
    public <R> R match(ForAcceptor<R> cases) {
      return cases.prepare(this);
    }
  }

  /**
   * Phase 2(a), for consecutive slots.
   *
   * @param entries at least one
   * @param chosen all slots up to there are chosen, as the proposer knows
   */
  record Accept(StoreId from, Ballot ballot, List<Entry> entries, long chosen)
      implements ToAcceptor {

    public Accept {
      entries = atLeastOne(entries);
    }

    public long firstSlot() {
      return entries.get(0).index();
    }

    public long lastSlot() {
      return entries.get(entries.size() - 1).index();
    }

    @Override
    public <R> R match(ForAcceptor<R> cases) {
      return cases.accept(this);
    }
  }

  /**
   * "I am the distinguished proposer" (§2.4), said again and again.
   *
   * @param round rises whenever a read asks for confirmation
   * @param chosen all slots up to there are chosen
   */
  record Lead(StoreId from, Ballot ballot, long round, long chosen) implements ToAcceptor {
    @Override
    public <R> R match(ForAcceptor<R> cases) {
      return cases.lead(this);
    }
  }

  /** Whether it would promise: it hears no other proposer, and has promised nothing higher. */
  record CanvassReply(StoreId from, Ballot ballot, boolean isWilling) implements ToProposer {
    @Override
    public <R> R match(ForProposer<R> cases) {
      return cases.canvassReply(this);
    }
  }

  /**
   * Phase 1(b), for a part of the slots: in those from {@code firstSlot} to {@code lastSlot} it has
   * accepted these, and nothing else.
   *
   * @param lastSlot {@link Long#MAX_VALUE} if nothing is accepted beyond; else there is more to be
   *     asked for
   * @param votes by slot; those of slots up to {@code chosen} are left out
   * @param chosen all slots up to there are chosen, as the acceptor's replica knows: they are
   *     learned, not proposed
   */
  record Promise(
      StoreId from, Ballot ballot, long firstSlot, long lastSlot, List<SlotVote> votes, long chosen)
      implements ToProposer {

    public Promise {
      votes = List.copyOf(votes);
    }

    @Override
    public <R> R match(ForProposer<R> cases) {
      return cases.promise(this);
    }
  }

  /**
   * Phase 2(b): all these slots are accepted, durably.
   *
   * @param chosen all slots up to there are chosen: the acceptor's disk says so
   */
  record Accepted(StoreId from, Ballot ballot, long firstSlot, long lastSlot, long chosen)
      implements ToProposer {
    @Override
    public <R> R match(ForProposer<R> cases) {
      return cases.accepted(this);
    }
  }

  /**
   * Nothing above that ballot was promised when this was said.
   *
   * @param chosen all slots up to there are chosen, as the acceptor's replica knows
   */
  record LeadReply(StoreId from, Ballot ballot, long round, long chosen) implements ToProposer {
    @Override
    public <R> R match(ForProposer<R> cases) {
      return cases.leadReply(this);
    }
  }

  /**
   * End of §2.2: neither promised nor accepted.
   *
   * @param promised the higher ballot that stands against it
   */
  record Nack(StoreId from, Ballot ballot, Ballot promised) implements ToProposer {
    @Override
    public <R> R match(ForProposer<R> cases) {
      return cases.nack(this);
    }
  }

  /**
   * To the distinguished proposer: "which slots must be applied to answer reads that are here now?"
   *
   * @param read the other's own number for them; never used again, in another life neither
   */
  record RequestReadSlot(StoreId from, long read) implements ToProposer {
    @Override
    public Ballot ballot() {
      return Ballot.ZERO;
    }

    @Override
    public <R> R match(ForProposer<R> cases) {
      return cases.requestReadSlot(this);
    }
  }

  /** "All up to that one: a quorum has confirmed, since you asked, that I propose." */
  record ReadSlotReply(StoreId from, long read, long slot) implements ToProposer {
    @Override
    public Ballot ballot() {
      return Ballot.ZERO;
    }

    @Override
    public <R> R match(ForProposer<R> cases) {
      return cases.readSlotReply(this);
    }
  }

  /** One learner to another: "what was chosen, from that slot on?" */
  record Learn(StoreId from, long firstSlot) implements ToLearner {
    @Override
    public Ballot ballot() {
      return Ballot.ZERO;
    }

    @Override
    public <R> R match(ForLearner<R> cases) {
      return cases.learn(this);
    }
  }

  /**
   * That was chosen.
   *
   * @param entries of consecutive slots, at least one
   * @param isLast whether nothing more follows until it is asked for
   */
  record Learned(StoreId from, List<Entry> entries, boolean isLast) implements ToLearner {

    public Learned {
      entries = atLeastOne(entries);
    }

    /** All that was asked for, in one message. */
    public Learned(StoreId from, List<Entry> entries) {
      this(from, entries, true);
    }

    @Override
    public Ballot ballot() {
      return Ballot.ZERO;
    }

    @Override
    public <R> R match(ForLearner<R> cases) {
      return cases.learned(this);
    }
  }

  private static List<Entry> atLeastOne(List<Entry> entries) {
    Invariants.check(!entries.isEmpty(), "a message about slots names one");
    return List.copyOf(entries);
  }

  /** One method per request, so none can be forgotten. */
  interface ForAcceptor<R> {
    R canvass(Canvass canvass);

    R prepare(Prepare prepare);

    R accept(Accept accept);

    R lead(Lead lead);
  }

  /** One method per answer. */
  interface ForProposer<R> {
    R canvassReply(CanvassReply reply);

    R promise(Promise promise);

    R accepted(Accepted accepted);

    R leadReply(LeadReply reply);

    R nack(Nack nack);

    R requestReadSlot(RequestReadSlot request);

    R readSlotReply(ReadSlotReply reply);
  }

  /** One method per message. */
  interface ForLearner<R> {
    R learn(Learn learn);

    R learned(Learned learned);
  }
}
