package dev.synod.actors.primarybackup;

import java.util.Objects;
import java.util.Optional;

/** Runs a {@link PrimaryBackup}: applies what was prepared on the very state that it has. */
final class PrimaryBackupMachine<C, T, S, R> implements PreparingMachine<C, R, PreparedState> {

  /** Longest text kept of what was thrown, in characters. */
  private static final int FAILURE_TEXT_MAX = 500;

  private final PrimaryBackup<C, T, S, R> backup;
  private S state;
  private Ticket applied = Ticket.ZERO;
  private S ahead;
  private S before;
  private Ticket prepared = Ticket.ZERO;
  private boolean isIntact;

  PrimaryBackupMachine(PrimaryBackup<C, T, S, R> backup) {
    this.backup = backup;
    this.state = backup.emptyState();
    this.ahead = state;
    this.before = state;
  }

  @Override
  public R apply(C command, Context context) {
    if (!((Object) command instanceof Transaction transaction)) {
      throw new Stale("the request was not prepared");
    }
    var ticket = transaction.ticket();
    if (!ticket.follows(applied)) {
      isIntact &= !ticket.isOfChain(prepared);
      throw new Stale("prepared as %s, but the state is %s".formatted(ticket, applied));
    }
    applied = ticket;
    @SuppressWarnings("unchecked") // what prepare made
    var change =
        (T) transaction.change().orElseThrow(() -> new PreparationFailed(transaction.failure()));
    var after = backup.apply(state, change);
    R reply = backup.reply(after, change);
    state = after;
    return reply;
  }

  @Override
  public boolean isPreparing(long epoch) {
    return isIntact && prepared.epoch() == epoch;
  }

  @Override
  public void begin(long epoch) {
    long chain = prepared.epoch() == epoch ? prepared.chain() + 1 : 0;
    prepared = new Ticket(epoch, chain, applied.version());
    ahead = state;
    isIntact = true;
  }

  @Override
  public Transaction prepare(Object request) {
    before = ahead;
    prepared = prepared.next();
    try {
      @SuppressWarnings("unchecked") // what is not a C, the user's own cast refuses
      var own = (C) request;
      var change = Objects.requireNonNull(backup.prepare(ahead, own), "prepared nothing (null)");
      ahead = Objects.requireNonNull(backup.apply(ahead, change), "applied to nothing (null)");
      return new Transaction(prepared, Optional.of(change), "");
    } catch (RuntimeException e) {
      return new Transaction(prepared, Optional.empty(), shortened(e.toString()));
    }
  }

  private static String shortened(String text) {
    return text.length() <= FAILURE_TEXT_MAX ? text : text.substring(0, FAILURE_TEXT_MAX) + "…";
  }

  @Override
  public void takeBack() {
    ahead = before;
    prepared = prepared.previous();
  }

  @Override
  public long version() {
    return backup.version();
  }

  @Override
  public R query(C query) {
    return backup.query(state, query);
  }

  @Override
  public PreparedState snapshot() {
    return new PreparedState(applied, Objects.requireNonNull(state));
  }

  @Override
  public void restore(PreparedState restored) {
    @SuppressWarnings("unchecked") // what snapshot took
    var own = (S) restored.state();
    state = own;
    applied = restored.ticket();
    isIntact = false;
  }
}
