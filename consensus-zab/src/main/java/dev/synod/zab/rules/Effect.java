package dev.synod.zab.rules;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.zab.protocol.ZabMessage;
import java.util.List;

/**
 * What a rule wants done. Effects are started in the order of the list; a write among them becomes
 * durable later, and only what is wrapped in {@link WhenDurable} waits for it. Writes become
 * durable in their order, so an epoch that is saved after its transactions never comes before them.
 */
public sealed interface Effect {

  void perform(Performer performer);

  /** Write the epochs. */
  record Save(Epochs epochs) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.save(this);
    }
  }

  /** Write transactions at the end of the log. Visible in the log at once. */
  record Append(List<Entry> entries) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.append(this);
    }
  }

  /** Remove the transactions from there on. */
  record TruncateFrom(long index) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.truncateFrom(this);
    }
  }

  /** Do that once all writes before it, of this step and of earlier ones, are durable. */
  record WhenDurable(Effect effect) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.whenDurable(this);
    }
  }

  /** Tell a server. What is sent to oneself is received as from any other. */
  record Send(StoreId to, ZabMessage message) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.send(this);
    }
  }

  /**
   * Send the transactions after {@code previous} up to {@code lastIndex}. The rules name the range;
   * the shell fetches the bytes.
   *
   * @param informs whether the receiver observes, and is sent {@code Inform} instead of {@code
   *     Propose}
   */
  record SendEntries(
      StoreId to,
      Term epoch,
      LogPosition previous,
      long lastIndex,
      long commitIndex,
      boolean informs)
      implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.sendEntries(this);
    }
  }

  /** Send the newest snapshot: what this server lacks is compacted away (SNAP). */
  record SendSnapshot(StoreId to) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.sendSnapshot(this);
    }
  }

  /** All transactions up to there are committed: deliver them. */
  record Commit(long index) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.commit(this);
    }
  }

  /**
   * Continue from that snapshot: forget the transactions it replaces and restore the state machine
   * from it.
   */
  record Install(LogPosition lastIncluded, Configuration configuration) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.install(this);
    }
  }

  /** The read with that number may be answered once {@code index} is applied. */
  record ConfirmRead(long read, long index) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.confirmRead(this);
    }
  }

  /** How long each lasts is the shell's affair. */
  enum Timer implements Effect {
    /** Repeats {@link Looking#electionDue}, after ever longer waits. */
    START_ELECTION,
    STOP_ELECTION,
    /** From the beginning; ends in {@link Looking#finalizeDue}. */
    START_FINALIZE,
    STOP_FINALIZE,
    /** Repeats {@link Joined#joinDue}, and begins to wait for {@link Joined#leaderSilent}. */
    START_JOINING,
    /** Begins that wait anew. */
    HEARD_LEADER,
    STOP_JOINING,
    /** Repeats {@link Leading#heartbeatDue} and {@link Leading#quorumCheckDue}. */
    START_LEADING,
    STOP_LEADING;

    @Override
    public void perform(Performer performer) {
      performer.timer(this);
    }
  }

  /** Does what effects say: one method per effect, so none can be forgotten. */
  interface Performer {
    void save(Save effect);

    void append(Append effect);

    void truncateFrom(TruncateFrom effect);

    void whenDurable(WhenDurable effect);

    void send(Send effect);

    void sendEntries(SendEntries effect);

    void sendSnapshot(SendSnapshot effect);

    void commit(Commit effect);

    void install(Install effect);

    void confirmRead(ConfirmRead effect);

    void timer(Timer effect);
  }
}
