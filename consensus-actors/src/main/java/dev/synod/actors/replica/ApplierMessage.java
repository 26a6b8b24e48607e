package dev.synod.actors.replica;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.message.ConsistencyMessage.CompareDigests;
import dev.synod.actors.message.ConsistencyMessage.DigestsAre;
import dev.synod.actors.message.ConsistencyMessage.Diverged;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.replica.ClientQueue.Proposed;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.log.GroupLog;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a replica tells the actor that owns its state machine. It has a mailbox of its own, so that
 * a slow {@code apply} never delays a heartbeat.
 */
public sealed interface ApplierMessage
    permits ApplierMessage.Apply,
        ApplierMessage.Answer,
        ApplierMessage.TakeSnapshot,
        ApplierMessage.Restore,
        ApplierMessage.Watch,
        ApplierMessage.LookedBack,
        ApplierMessage.LookedBackInVain,
        ApplierMessage.CloseWatches,
        ApplierMessage.Compare,
        ApplierMessage.Contradict,
        ApplierMessage.Prepare,
        ApplierTask {

  /**
   * These entries are committed: apply them, in order, and answer who waits. Answered by {@link
   * Applied} when done.
   *
   * @param waiters sorted by index; those whose entry has another term than expected are not in
   *     here any more
   */
  record Apply(List<Entry> entries, List<Waiter> waiters) implements ApplierMessage {}

  /** A client of this replica that waits for the entry at that index. */
  record Waiter(long index, long tag, ActorRef<Answers> client) {}

  /** Answer this once the entry at {@code index} and all before it are applied. */
  record Answer(ActorRef<Answers> client, Question question, long index)
      implements ApplierMessage {}

  /**
   * Write a snapshot of what is applied now, without stopping. Answered by {@link SnapshotTaken} or
   * {@link SnapshotFailed}; one that comes while another is being written is answered together with
   * that one.
   */
  enum TakeSnapshot implements ApplierMessage {
    INSTANCE
  }

  /**
   * Replace the state by the newest snapshot on disk, if it is newer: at start, and after one was
   * received. Answered by {@link Restored}.
   */
  enum Restore implements ApplierMessage {
    INSTANCE
  }

  /** Somebody wants to hear of changes. */
  record Watch(Pull pull) implements ApplierMessage {}

  /** The answer to {@link LookBack}: entries from the next one on, at least one, or why not. */
  record LookedBack(long after, GroupLog.ReadResult result) implements ApplierMessage {}

  /**
   * The answer to {@link LookBack}: the log has not got the next entry any more.
   *
   * @param first that it has
   */
  record LookedBackInVain(long after, long first) implements ApplierMessage {}

  /** Watches are not to be served any more. */
  record CloseWatches(String why) implements ApplierMessage {}

  /** Say what your digests are: to this leader's replica, or to the one that asks itself. */
  record Compare(Optional<CompareDigests> asked) implements ApplierMessage {}

  /** A majority says otherwise: if it does, this is {@link Broken}. */
  record Contradict(Diverged diverged) implements ApplierMessage {}

  /**
   * Carry these requests out on top of all that was prepared before, and say what is to be
   * replicated in their places: where the state machine is one of {@link
   * dev.synod.actors.primarybackup.PrimaryBackup}. Answered by {@link Prepared}, in order.
   *
   * @param epoch of the leader
   * @param after the last entry of its log: what was prepared by others is applied once that is
   */
  record Prepare(long epoch, long after, List<Proposed> proposed) implements ApplierMessage {}

  /**
   * Applier to replica: append these, in this order, and nothing that was prepared later before
   * them.
   *
   * @param refused what can't be replicated, and why
   */
  record Prepared(long epoch, List<Proposed> proposed, List<Refused> refused)
      implements ReplicaMessage {

    /** All that were to be prepared. */
    public List<Proposed> all() {
      return Stream.concat(proposed.stream(), refused.stream().map(Refused::proposed)).toList();
    }
  }

  /** A request that came to nothing that could be replicated. */
  record Refused(Proposed proposed, String text) {}

  /** Applier to replica: the digests after all that is applied, to compare others with. */
  record Digested(DigestsAre own) implements ReplicaMessage {}

  /**
   * Applier to replica: somebody watches who has not seen the entries after that one; please read
   * some of them, all of which were applied.
   *
   * @param bytesMax of their payloads together, unless the first one has more
   */
  record LookBack(long after, int entriesMax, int bytesMax) implements ReplicaMessage {}

  /** Applier to replica: all entries up to that index are applied. */
  record Applied(long index) implements ReplicaMessage {}

  /**
   * Applier to replica: these sessions began or ended; after a restore, all that are open are in
   * {@code opened}.
   */
  record SessionsChanged(List<Long> opened, List<Long> closed) implements ReplicaMessage {}

  /** Applier to replica: a snapshot of that position is durable. */
  record SnapshotTaken(LogPosition position, long bytes) implements ReplicaMessage {}

  /** Applier to replica: no snapshot could be written; the log can't be compacted. */
  record SnapshotFailed(String reason) implements ReplicaMessage {}

  /**
   * Applier to replica: the state is that of the newest snapshot, {@link LogPosition#ZERO} if there
   * is none; if more than the newest snapshot was applied already, nothing changed and this is the
   * last entry applied.
   *
   * @param configuration of the group at that position
   * @param stateless whether it is a witness's, with nothing in it but these
   * @param prepares whether requests must be prepared before they are appended, see {@link Prepare}
   */
  record Restored(
      LogPosition position, Configuration configuration, boolean stateless, boolean prepares)
      implements ReplicaMessage {

    /** Of a state machine that applies requests as they are. */
    public Restored(LogPosition position, Configuration configuration, boolean stateless) {
      this(position, configuration, stateless, false);
    }
  }

  /** Applier to replica: the state can't be trusted or restored; the replica must stop serving. */
  record Broken(String reason) implements ReplicaMessage {}
}
