package dev.synod.raft.rules;

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

  /** Write the term and vote. */
  record Save(TermState state) implements Effect {}

  /** Write entries at the end of the log. Visible in the log at once. */
  record Append(List<Entry> entries) implements Effect {}

  /** Remove the entries from there on. */
  record TruncateFrom(long index) implements Effect {}

  /** Do that once all writes before it, of this step and of earlier ones, are durable. */
  record WhenDurable(Effect effect) implements Effect {}

  /** Tell a server. What is sent to oneself is received as from any other. */
  record Send(StoreId to, RaftMessage message) implements Effect {}

  /**
   * Send {@code AppendEntries} with the log's entries after {@code previous} up to {@code
   * lastIndex}. The rules name the range; the shell fetches the bytes.
   */
  record SendEntries(StoreId to, Term term, LogPosition previous, long lastIndex, long commitIndex)
      implements Effect {}

  /** Send the newest snapshot: the entries that this follower lacks are compacted away (§7). */
  record SendSnapshot(StoreId to) implements Effect {}

  /** All entries up to there are committed: apply them (§5.3). */
  record Commit(long index) implements Effect {}

  /**
   * Continue from that snapshot: forget the entries it replaces and restore the state machine from
   * it (§7).
   */
  record Install(LogPosition lastIncluded) implements Effect {}

  /** The read with that number may be answered once {@code index} is applied (§8). */
  record ConfirmRead(long read, long index) implements Effect {}

  /** How long each lasts is the shell's affair. */
  enum Timer implements Effect {
    /** Random between the election timeouts; ends in {@link Role#electionTimeout}. */
    RESTART_ELECTION,
    STOP_ELECTION,
    /** The minimum election timeout; ends in {@link Role#leaderSilent}. */
    RESTART_STICKINESS,
    /** Repeats {@link Role#heartbeatDue} and {@link Role#quorumCheckDue}. */
    START_LEADING,
    STOP_LEADING
  }
}
