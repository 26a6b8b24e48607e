package dev.synod.raft.rules;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.raft.protocol.RaftMessage;
import java.util.List;

/**
 * What a rule wants done. Effects are started in the order of the list; a write among them becomes
 * durable later, and only what is wrapped in {@link WhenDurable} waits for it.
 */
public sealed interface Effect {

  void perform(Performer performer);

  /** Write the term and vote. */
  record Save(TermState state) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.save(this);
    }
  }

  /** Write entries at the end of the log. Visible in the log at once. */
  record Append(List<Entry> entries) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.append(this);
    }
  }

  /** Remove the entries from there on. */
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
  record Send(StoreId to, RaftMessage message) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.send(this);
    }
  }

  /**
   * Send {@code AppendEntries} with the log's entries after {@code previous} up to {@code
   * lastIndex}. The rules name the range; the shell fetches the bytes.
   *
   * @param witnessed whether they go to a witness, so without their payloads
   */
  record SendEntries(
      StoreId to,
      Term term,
      LogPosition previous,
      long lastIndex,
      long commitIndex,
      boolean witnessed)
      implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.sendEntries(this);
    }
  }

  /**
   * Send the newest snapshot: the entries that this follower lacks are compacted away (§7). A
   * witness gets where it ends and who belonged to the group there, without the state.
   */
  record SendSnapshot(StoreId to) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.sendSnapshot(this);
    }
  }

  /** All entries up to there are committed: apply them (§5.3). */
  record Commit(long index) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.commit(this);
    }
  }

  /**
   * Continue from that snapshot: forget the entries it replaces and restore the state machine from
   * it (§7).
   */
  record Install(LogPosition lastIncluded, Configuration configuration) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.install(this);
    }
  }

  /** The read with that number may be answered once {@code index} is applied (§8). */
  record ConfirmRead(long read, long index) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.confirmRead(this);
    }
  }

  /** How long each lasts is the shell's affair. */
  enum Timer implements Effect {
    /** Random between the election timeouts; ends in {@link Role#electionTimeout}. */
    RESTART_ELECTION,
    STOP_ELECTION,
    /** The minimum election timeout; ends in {@link Role#leaderSilent}. */
    RESTART_STICKINESS,
    /** Repeats {@link Role#heartbeatDue} and {@link Role#quorumCheckDue}. */
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
