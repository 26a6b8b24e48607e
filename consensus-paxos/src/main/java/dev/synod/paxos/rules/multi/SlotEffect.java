package dev.synod.paxos.rules.multi;

import dev.synod.core.Entry;
import dev.synod.core.InvariantViolation;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import java.util.List;

/**
 * What a rule wants done. Effects are started in the order of the list; a write among them becomes
 * durable later, and only what is wrapped in {@link WhenDurable} waits for it.
 */
public sealed interface SlotEffect {

  void perform(Performer performer);

  /** Write down that nothing below that ballot is accepted any more. */
  record SavePromise(Ballot ballot) implements SlotEffect {
    @Override
    public void perform(Performer performer) {
      performer.savePromise(this);
    }
  }

  /** Write these votes, all with that ballot. Visible in {@link Votes} at once. */
  record WriteVotes(Ballot ballot, List<Entry> entries) implements SlotEffect {

    public WriteVotes {
      entries = List.copyOf(entries);
    }

    /** The term for them in the acceptor's own log, where terms never go down. */
    public Term termAfter(Term last) {
      var round = new Term(ballot.round());
      return last.isAfter(round) ? last : round;
    }

    @Override
    public void perform(Performer performer) {
      performer.writeVotes(this);
    }
  }

  /** Write down that these were chosen, whoever voted for them. Visible at once. */
  record WriteChosen(List<Entry> entries) implements SlotEffect {

    public WriteChosen {
      entries = List.copyOf(entries);
    }

    @Override
    public void perform(Performer performer) {
      performer.writeChosen(this);
    }
  }

  /** Do that once all writes before it, of this step and of earlier ones, are durable. */
  record WhenDurable(SlotEffect effect) implements SlotEffect {
    @Override
    public void perform(Performer performer) {
      performer.whenDurable(this);
    }
  }

  /** Tell a replica. What is sent to oneself is received as from any other. */
  record Send(StoreId to, SlotMessage message) implements SlotEffect {
    @Override
    public void perform(Performer performer) {
      performer.send(this);
    }
  }

  /**
   * Phase 1(b): send a {@link SlotMessage.Promise} with the votes from that slot on, as many as one
   * message holds; not if something higher was promised meanwhile. The rules name the range, the
   * shell fetches the bytes.
   *
   * <p>Slots that the acceptor knows to be chosen <em>when that is sent</em> are left out: a value
   * that was written as chosen meanwhile has lost the ballot of the vote in whose place it stands.
   */
  record SendPromise(StoreId to, Ballot ballot, long firstSlot) implements SlotEffect {
    @Override
    public void perform(Performer performer) {
      performer.sendPromise(this);
    }
  }

  /**
   * Send what was chosen from that slot on, as many as a few messages hold, not beyond the other.
   */
  record SendChosen(StoreId to, long firstSlot, long lastSlot) implements SlotEffect {
    @Override
    public void perform(Performer performer) {
      performer.sendChosen(this);
    }
  }

  /** Send the newest snapshot: what that replica lacks is compacted away. */
  record SendSnapshot(StoreId to) implements SlotEffect {
    @Override
    public void perform(Performer performer) {
      performer.sendSnapshot(this);
    }
  }

  /** All slots up to there are chosen, and their values are here: apply them in order. */
  record Commit(long slot) implements SlotEffect {
    @Override
    public void perform(Performer performer) {
      performer.commit(this);
    }
  }

  /**
   * The replica's own learner hears that all slots up to there are chosen.
   *
   * @param ballot with which the replica's proposer leads
   * @param entries those chosen just now, in order
   */
  record TellChosen(Ballot ballot, long slot, List<Entry> entries) implements SlotEffect {

    public TellChosen {
      entries = List.copyOf(entries);
    }

    @Override
    public void perform(Performer performer) {
      performer.tellChosen(this);
    }
  }

  /** The replica's own learner is to ask that one for what was chosen, up to that slot. */
  record CatchUp(StoreId from, long slot) implements SlotEffect {
    @Override
    public void perform(Performer performer) {
      performer.catchUp(this);
    }
  }

  /** The read with that number may be answered once {@code slot} is applied. */
  record ConfirmRead(long read, long slot) implements SlotEffect {
    @Override
    public void perform(Performer performer) {
      performer.confirmRead(this);
    }
  }

  /** How long each lasts is the shell's affair. */
  enum Timer implements SlotEffect {
    /** Random between the election timeouts; ends in {@link SlotProposer#electionTimeout}. */
    RESTART_ELECTION,
    /** Repeats {@link SlotProposer#heartbeatDue} and {@link SlotProposer#quorumCheckDue}. */
    START_LEADING,
    STOP_LEADING,
    /** The minimum election timeout; ends in {@link SlotAcceptor#proposerSilent}. */
    RESTART_STICKINESS;

    @Override
    public void perform(Performer performer) {
      performer.timer(this);
    }
  }

  /** Does what effects say: a role what its rules may want, and nothing else. */
  interface Performer {
    default void savePromise(SavePromise effect) {
      throw unknown(effect);
    }

    default void writeVotes(WriteVotes effect) {
      throw unknown(effect);
    }

    default void writeChosen(WriteChosen effect) {
      throw unknown(effect);
    }

    default void whenDurable(WhenDurable effect) {
      throw unknown(effect);
    }

    default void send(Send effect) {
      throw unknown(effect);
    }

    default void sendPromise(SendPromise effect) {
      throw unknown(effect);
    }

    default void sendChosen(SendChosen effect) {
      throw unknown(effect);
    }

    default void sendSnapshot(SendSnapshot effect) {
      throw unknown(effect);
    }

    default void commit(Commit effect) {
      throw unknown(effect);
    }

    default void tellChosen(TellChosen effect) {
      throw unknown(effect);
    }

    default void catchUp(CatchUp effect) {
      throw unknown(effect);
    }

    default void confirmRead(ConfirmRead effect) {
      throw unknown(effect);
    }

    default void timer(Timer effect) {
      throw unknown(effect);
    }

    private static InvariantViolation unknown(SlotEffect effect) {
      return new InvariantViolation("this role has no such effect: " + effect);
    }
  }
}
