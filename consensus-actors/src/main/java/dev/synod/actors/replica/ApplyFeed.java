package dev.synod.actors.replica;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplierMessage.Waiter;
import dev.synod.core.Entry;
import dev.synod.core.InvariantViolation;
import dev.synod.core.Invariants;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Hands committed entries to the applier, in order and in bounded portions, whether they are still
 * in memory or must be read from disk; with each portion go the clients of this replica that wait
 * for it.
 */
public final class ApplyFeed {

  /** Entries for the applier have been read from disk. */
  public record Fetched(long generation, GroupLog.ReadResult result) implements ReplicaMessage {}

  private final EntrySource log;
  private final ActorRef<ReplicaMessage> replica;
  private final ActorRef<ApplierMessage> applier;
  private int entriesPerApplyMax;
  private int entriesAheadMax;
  private final WaitingClients waiting = new WaitingClients();

  private long committed;
  private long fed;
  private long applied;
  private boolean fetching;
  private int restores;
  private long generation;
  private long bytesFed;

  /**
   * @param entriesPerApplyMax entries in one portion
   * @param entriesAheadMax entries handed over and not yet applied, beyond which the feed waits
   */
  public ApplyFeed(
      EntrySource log,
      ActorRef<ReplicaMessage> replica,
      ActorRef<ApplierMessage> applier,
      int entriesPerApplyMax,
      int entriesAheadMax) {
    this.log = log;
    this.replica = replica;
    this.applier = applier;
    this.entriesPerApplyMax = entriesPerApplyMax;
    this.entriesAheadMax = entriesAheadMax;
  }

  /** Other bounds from now on; the parameters are those of the constructor. */
  public void bounds(int perApplyMax, int aheadMax) {
    entriesPerApplyMax = perApplyMax;
    entriesAheadMax = aheadMax;
  }

  public long applied() {
    return applied;
  }

  /** Payload bytes handed over since the start. */
  public long bytesFed() {
    return bytesFed;
  }

  /**
   * Restores the applier from the newest snapshot; nothing is fed until {@link #restored}. Where
   * this is asked for again before that, until the last of them.
   */
  public void restore() {
    restores++;
    generation++;
    fetching = false;
    applier.tell(ApplierMessage.Restore.INSTANCE);
  }

  /** The applier stands at that index now. */
  public void restored(long index) {
    restores--;
    fed = index;
    applied = index;
    committed = Math.max(committed, index);
    feed();
  }

  /**
   * A client tries a request again whose entry is here already and was not handed over yet: it
   * waits for that entry. False if this is a new request.
   */
  public boolean join(ActorRef<Answers> client, Proposal proposal) {
    return waiting.join(client, proposal);
  }

  /** A client waits for the entry at that index, which is about to be appended. Indexes rise. */
  public void await(long index, ActorRef<Answers> client, Proposal proposal) {
    waiting.add(index, Optional.empty(), client, proposal);
  }

  /**
   * The same, where another entry may come to stand at that index without the replica's having
   * stepped down first: who waits for one of another term gets no reply of it.
   */
  public void await(long index, Term term, ActorRef<Answers> client, Proposal proposal) {
    waiting.add(index, Optional.of(term), client, proposal);
  }

  /** Those for whose entries others were committed; they are forgotten here. */
  public List<Waiter> takeDisplaced() {
    return waiting.takeDisplaced();
  }

  /** Those that wait for entries which may or may not be committed; they are forgotten here. */
  public List<Waiter> abandon() {
    return waiting.takeAll();
  }

  public int waiting() {
    return waiting.count();
  }

  /** Entries handed over and not yet applied. */
  public long ahead() {
    return fed - applied;
  }

  public void committed(long index) {
    committed = Math.max(committed, index);
    feed();
  }

  public void applied(long index) {
    applied = Math.max(applied, index);
    feed();
  }

  /** Whether that is what it waits for: else the state machine stands elsewhere by now. */
  public boolean awaits(Fetched message) {
    return message.generation() == generation;
  }

  /** What was read, if it is still wanted. Returns why not if it could not be read. */
  public Optional<LogFailure> fetched(Fetched message) {
    if (!awaits(message)) {
      return Optional.empty();
    }
    fetching = false;
    if (message.result() instanceof GroupLog.ReadResult.Failed failed) {
      return Optional.of(failed.failure());
    }
    if (message.result() instanceof GroupLog.ReadResult.Entries read) {
      hand(read.entries());
      feed();
      return Optional.empty();
    }
    throw new InvariantViolation(
        "what is committed and not applied stays in the log: after " + fed + ", " + log.base());
  }

  /** Reads entries again that were applied, for those who watch; the applier gets them. */
  public void lookBack(ApplierMessage.LookBack back) {
    long from = back.after() + 1;
    if (from <= log.base()) {
      applier.tell(new ApplierMessage.LookedBackInVain(back.after(), log.base() + 1));
      return;
    }
    Invariants.check(from <= fed, "who watches has not seen %s, but %s is the last", from, fed);
    long to = Math.min(fed, log.lastIndexWithin(from, back.entriesMax(), back.bytesMax()));
    log.cached(from, to)
        .<GroupLog.ReadResult>map(GroupLog.ReadResult.Entries::new)
        .ifPresentOrElse(
            cached -> applier.tell(new ApplierMessage.LookedBack(back.after(), cached)),
            () ->
                log.read(
                    from,
                    to,
                    read -> applier.tell(new ApplierMessage.LookedBack(back.after(), read))));
  }

  private void feed() {
    while (restores == 0 && !fetching && fed < committed && fed - applied < entriesAheadMax) {
      long from = fed + 1;
      long to = Math.min(committed, fed + entriesPerApplyMax);
      var cached = log.cached(from, to);
      if (cached.isEmpty()) {
        fetching = true;
        long wanted = generation;
        log.read(from, to, result -> replica.tell(new Fetched(wanted, result)));
        return;
      }
      hand(cached.get());
    }
  }

  private void hand(List<Entry> entries) {
    log.handed(entries);
    fed = entries.get(entries.size() - 1).index();
    for (Entry entry : entries) {
      bytesFed += entry.payload().length();
    }
    applier.tell(new ApplierMessage.Apply(entries, waiting.takeFor(entries)));
  }
}
