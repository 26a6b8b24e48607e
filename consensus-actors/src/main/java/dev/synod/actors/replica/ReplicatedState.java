package dev.synod.actors.replica;

import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.primarybackup.PreparingMachine.Stale;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.actors.wire.EncodedValue;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.SessionTable;
import dev.synod.core.SessionTable.Verdict;
import dev.synod.core.StateMachine;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.serialization.Serialization;

/**
 * All that the replicas of a group hold alike: the machine, the sessions with their replies, the
 * configuration. It changes only by entries, in order, so two of these that were given the same
 * entries are equal.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <C> commands
 * @param <R> replies
 * @param <S> the machine's state
 */
final class ReplicatedState<C, R, S> {

  /** Longest text kept of what a state machine threw, in characters. */
  static final int THROWN_TEXT_MAX = 500;

  /** Why a witness has no answer. */
  static final String NO_STATE = "this replica is a witness, which has no state to answer from";

  private final StateMachine<C, R, S> machine;
  private final Serialization serialization;
  private final SessionTable<Outcome<Object>> sessions;
  private final List<Long> opened = new ArrayList<>();
  private final List<Long> closed = new ArrayList<>();
  private Configuration configuration;
  private LogPosition applied = LogPosition.ZERO;
  private final ChangeBits changes;
  private final DigestChain digests;
  private boolean isWitness;
  private boolean isChanged;
  private boolean isFresh;

  ReplicatedState(
      StateMachine<C, R, S> machine,
      Serialization serialization,
      Founded founded,
      ChangeBits changes) {
    this.machine = machine;
    this.serialization = serialization;
    this.sessions = new SessionTable<>(founded.sessions());
    this.configuration = founded.configuration();
    this.changes = changes;
    this.digests = new DigestChain(machine.version(), DigestChain.BLOCK);
  }

  /** The last entry that was applied. */
  LogPosition applied() {
    return applied;
  }

  /** Which entries were changes: commands, not done before, not refused. */
  ChangeBits changes() {
    return changes;
  }

  /**
   * Whether there is no state any more, only a position: since an entry came without its payload,
   * or a snapshot without its state.
   */
  boolean isWitness() {
    return isWitness;
  }

  /** Who belongs to the group, after that entry. */
  Configuration configuration() {
    return configuration;
  }

  /** The sessions that began since the last call. */
  List<Long> takeOpened() {
    return take(opened);
  }

  /** The sessions that ended since the last call. */
  List<Long> takeClosed() {
    return take(closed);
  }

  /**
   * Applies the next entry and says what its client is to be told.
   *
   * @throws UndecodableEntry if it can't be read here
   */
  Outcome<Object> apply(Entry entry) {
    Invariants.check(
        entry.index() == applied.index() + 1,
        "entries are applied one after the other, but %s follows %s",
        entry.index(),
        applied.index());
    isChanged = false;
    isFresh = true;
    isWitness |= entry.kind() == EntryKind.WITNESSED;
    var outcome = outcomeOf(isWitness ? entry.witnessed() : entry);
    applied = entry.position();
    if (!isWitness) {
      changes.add(entry.index(), isChanged);
      digests.add(entry, outcome, isFresh);
    }
    return outcome;
  }

  /** Answers a question from the state as it is. */
  Outcome<Object> answer(Object query) {
    if (isWitness) {
      return new Outcome.Rejected<>(Reason.NO_LEADER, NO_STATE);
    }
    try {
      @SuppressWarnings("unchecked") // what is not a C, the machine's own cast refuses below
      Object reply = machine.query((C) query);
      return reply == null
          ? rejected("the state machine answered nothing (null) to a query")
          : new Outcome.Ok<>(reply, applied.index());
    } catch (RuntimeException e) {
      return rejected(describe(e));
    }
  }

  /** What was applied lately, in one number. */
  DigestChain digests() {
    return digests;
  }

  /** The machine's state alone, as an immutable value. */
  Object machineState() {
    return machine.snapshot();
  }

  /** Everything, as immutable values. */
  Captured capture() {
    if (isWitness) {
      return new StatelessContent(applied, configuration);
    }
    return new SnapshotContent<>(
        applied,
        configuration,
        sessions.snapshot(),
        machine.snapshot(),
        changes.newest(),
        digests.keep());
  }

  /** Nothing is known any more but where the log stands. */
  void restore(StatelessContent content) {
    isWitness = true;
    configuration = content.configuration();
    applied = content.position();
  }

  /** Replaces everything. */
  void restore(SnapshotContent<S> content) {
    isWitness = false;
    machine.restore(content.state());
    sessions.restore(content.sessions());
    configuration = content.configuration();
    applied = content.position();
    changes.restore(content.position().index(), content.changes());
    digests.restore(content.position().index(), content.digest());
    opened.clear();
    closed.clear();
    opened.addAll(sessions.ids());
  }

  private Outcome<Object> outcomeOf(Entry entry) {
    try {
      return switch (entry.kind()) {
        case NO_OP -> done(entry);
        case COMMAND -> command(entry.index(), EncodedCommand.decode(entry.payload()));
        case CONFIGURATION -> {
          configuration = Configuration.decode(entry.payload());
          yield done(entry);
        }
        case OPEN_SESSION -> openSession(entry);
        case CLOSE_SESSIONS -> closeSessions(entry);
        case WITNESSED -> done(entry);
      };
    } catch (IllegalArgumentException | NotSerializableException e) {
      throw new UndecodableEntry(entry.index(), e);
    }
  }

  private static Outcome<Object> done(Entry entry) {
    return new Outcome.Ok<>(entry.index(), entry.index());
  }

  private Outcome<Object> openSession(Entry entry) {
    long id = sessionOf(entry);
    if (!sessions.open(id)) {
      return new Outcome.Rejected<>(
          Reason.BUSY, "the group has as many sessions as it may have; try again later");
    }
    opened.add(id);
    return new Outcome.Ok<>(id, entry.index());
  }

  /**
   * The index, and above it the era of the term: where a configuration was forced, indexes are
   * given away again that had opened sessions in entries which are lost, and clients of those may
   * still ask.
   */
  private static long sessionOf(Entry entry) {
    return entry.term().era() + entry.index();
  }

  private Outcome<Object> closeSessions(Entry entry) {
    for (long id : ClosedSessions.decode(entry.payload()).sessions()) {
      if (sessions.isOpen(id)) {
        sessions.close(id);
        closed.add(id);
      }
    }
    return done(entry);
  }

  private Outcome<Object> command(long index, EncodedCommand command)
      throws NotSerializableException {
    var verdict = sessions.admit(command.session(), command.request(), command.ackedBelow());
    isFresh = !(verdict instanceof Verdict.Repeat);
    if (verdict instanceof Verdict.Repeat<Outcome<Object>> repeat) {
      return repeat.reply();
    } else if (verdict instanceof Verdict.Forgotten) {
      return new Outcome.Unknown<>(
          "request %d of session %d was answered before, and the client said that it had the answer"
              .formatted(command.request(), command.session()));
    } else if (verdict instanceof Verdict.Full) {
      return new Outcome.Rejected<>(
          Reason.BUSY,
          "session %d has too many answers that its client has not acknowledged"
              .formatted(command.session()));
    } else if (verdict instanceof Verdict.Expired) {
      return new Outcome.Rejected<>(
          Reason.SESSION_EXPIRED, "session %d is not open any more".formatted(command.session()));
    }
    try {
      var outcome = fresh(index, command);
      sessions.keep(command.session(), command.request(), outcome);
      return outcome;
    } catch (Stale e) {
      return new Outcome.Rejected<>(Reason.BUSY, String.valueOf(e.getMessage()));
    }
  }

  /** Whether that request, if it were applied next, would change anything. */
  boolean isNew(EncodedCommand command) {
    return sessions.isNew(command.session(), command.request());
  }

  private Outcome<Object> fresh(long index, EncodedCommand command)
      throws NotSerializableException {
    var value =
        new EncodedValue(command.serializerId(), command.manifest(), command.body())
            .decode(serialization);
    R reply;
    @SuppressWarnings("unchecked") // what is not a C, the machine's own cast refuses below
    var own = (C) value;
    try {
      reply = machine.apply(own, new Place(index, command.session()));
    } catch (Stale e) {
      throw e;
    } catch (RuntimeException e) {
      return rejected(describe(e));
    }
    isChanged = reply == null || machine.isChange(own, reply);
    return reply == null
        ? new Outcome.Unknown<>("applied, but the state machine answered nothing (null)")
        : new Outcome.Ok<>(reply, index);
  }

  private static Outcome<Object> rejected(String text) {
    return new Outcome.Rejected<>(Reason.INVALID, text);
  }

  private static String describe(RuntimeException thrown) {
    var text = "the state machine threw " + thrown;
    return text.length() <= THROWN_TEXT_MAX ? text : text.substring(0, THROWN_TEXT_MAX) + "…";
  }

  private static List<Long> take(List<Long> list) {
    var taken = List.copyOf(list);
    list.clear();
    return taken;
  }

  private record Place(long index, long session) implements StateMachine.Context {}
}
