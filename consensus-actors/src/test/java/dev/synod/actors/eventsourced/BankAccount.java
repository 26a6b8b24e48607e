package dev.synod.actors.eventsourced;

import dev.synod.actors.eventsourced.BankAccount.Command;
import dev.synod.actors.eventsourced.BankAccount.Event;
import dev.synod.actors.eventsourced.BankAccount.Reply;
import dev.synod.actors.eventsourced.BankAccount.State;
import java.util.List;

/** An account in cents that is never overdrawn and takes a fee for large withdrawals. */
final class BankAccount implements EventSourcedMachine<Command, Event, State, Reply> {

  static final long FEE = 100;
  static final long FREE_UP_TO = 10_000;

  @Override
  public State emptyState() {
    return new State(0);
  }

  @Override
  public Effect<Event, State, Reply> onCommand(State state, Command command) {
    if (command instanceof Deposit deposit) {
      return deposit.cents() <= 0
          ? effect().reply(new Refused("a deposit is more than nothing"))
          : effect().persist(new Deposited(deposit.cents())).thenReply(State::balance);
    } else if (command instanceof Withdraw withdraw) {
      return onWithdraw(state, withdraw);
    }
    return effect().none().thenReply(State::balance);
  }

  private Effect<Event, State, Reply> onWithdraw(State state, Withdraw withdraw) {
    long fee = withdraw.cents() > FREE_UP_TO ? FEE : 0;
    if (withdraw.cents() <= 0) {
      return effect().reply(new Refused("a withdrawal is more than nothing"));
    } else if (withdraw.cents() > state.cents() - fee) {
      return effect().reply(new Refused("there are only " + state.cents()));
    }
    var withdrawn = new Withdrawn(withdraw.cents());
    return effect()
        .persist(fee == 0 ? List.of(withdrawn) : List.of(withdrawn, new FeeTaken(fee)))
        .thenReply(State::balance);
  }

  @Override
  public State onEvent(State state, Event event) {
    if (event instanceof Deposited deposited) {
      return new State(Math.addExact(state.cents(), deposited.cents()));
    } else if (event instanceof Withdrawn withdrawn) {
      return new State(state.cents() - withdrawn.cents());
    } else if (event instanceof FeeTaken fee) {
      return new State(state.cents() - fee.cents());
    }
    throw new IllegalArgumentException("no such event: " + event);
  }

  @Override
  public Reply query(State state, Command query) {
    return state.balance();
  }

  sealed interface Command {}

  record Deposit(long cents) implements Command {}

  record Withdraw(long cents) implements Command {}

  record GetBalance() implements Command {}

  sealed interface Event {}

  record Deposited(long cents) implements Event {}

  record Withdrawn(long cents) implements Event {}

  record FeeTaken(long cents) implements Event {}

  sealed interface Reply {}

  record Balance(long cents) implements Reply {}

  record Refused(String why) implements Reply {}

  record State(long cents) {
    Reply balance() {
      return new Balance(cents);
    }
  }
}
