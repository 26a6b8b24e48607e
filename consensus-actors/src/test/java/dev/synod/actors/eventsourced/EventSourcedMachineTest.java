package dev.synod.actors.eventsourced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.eventsourced.BankAccount.Balance;
import dev.synod.actors.eventsourced.BankAccount.Command;
import dev.synod.actors.eventsourced.BankAccount.Deposit;
import dev.synod.actors.eventsourced.BankAccount.GetBalance;
import dev.synod.actors.eventsourced.BankAccount.Refused;
import dev.synod.actors.eventsourced.BankAccount.Reply;
import dev.synod.actors.eventsourced.BankAccount.State;
import dev.synod.actors.eventsourced.BankAccount.Withdraw;
import dev.synod.core.StateMachine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An event-sourced machine")
class EventSourcedMachineTest {

  private final StateMachine<Command, Reply, State> account = new BankAccount().asStateMachine();

  @Test
  @DisplayName("answers from the state after the events")
  void repliesAfterEvents() {
    assertThat(apply(new Deposit(500))).isEqualTo(new Balance(500));
    assertThat(apply(new Withdraw(200))).isEqualTo(new Balance(300));
    assertThat(account.query(new GetBalance())).isEqualTo(new Balance(300));
  }

  @Test
  @DisplayName("refuses by an answer without events")
  void refusal() {
    apply(new Deposit(500));

    assertThat(apply(new Withdraw(501))).isEqualTo(new Refused("there are only 500"));
    assertThat(account.snapshot()).isEqualTo(new State(500));
  }

  @Test
  @DisplayName("lets several events of a command happen in order")
  void severalEvents() {
    apply(new Deposit(20_000));

    assertThat(apply(new Withdraw(15_000))).isEqualTo(new Balance(4_900));
  }

  @Test
  @DisplayName("is as before when a handler throws: all of a command's events happen or none")
  void allOrNone() {
    apply(new Deposit(Long.MAX_VALUE));

    assertThatThrownBy(() -> apply(new Deposit(1))).isInstanceOf(ArithmeticException.class);
    assertThat(account.snapshot()).isEqualTo(new State(Long.MAX_VALUE));
  }

  @Test
  @DisplayName("goes on from a snapshot as if it had seen it all")
  void snapshot() {
    apply(new Deposit(500));
    StateMachine<Command, Reply, State> other = new BankAccount().asStateMachine();

    other.restore(account.snapshot());

    assertThat(other.apply(new Deposit(1), new Place(2, 1))).isEqualTo(new Balance(501));
  }

  @Test
  @DisplayName("a command without events is no change, one with events is")
  void changes() {
    var deposit = new Deposit(500);
    var tooMuch = new Withdraw(501);

    assertThat(account.isChange(deposit, apply(deposit))).isTrue();
    assertThat(account.isChange(tooMuch, apply(tooMuch))).isFalse();
  }

  @Test
  @DisplayName("may use the command's place in the log, as a fencing token")
  void place() {
    var tokens = new Tokens().asStateMachine();

    assertThat(tokens.apply("acquire", new Place(41, 7))).isEqualTo(41);
    assertThat(tokens.query("holder")).isEqualTo(41);
  }

  private Reply apply(Command command) {
    return account.apply(command, new Place(1, 1));
  }

  private record Place(long index, long session) implements StateMachine.Context {}

  private static final class Tokens implements EventSourcedMachine<String, Long, Long, Long> {
    @Override
    public Long emptyState() {
      return 0L;
    }

    @Override
    public Effect<Long, Long, Long> onCommand(Long state, String command) {
      throw new IllegalStateException("the place is needed");
    }

    @Override
    public Effect<Long, Long, Long> onCommand(
        Long state, String command, StateMachine.Context context) {
      return effect().persist(context.index()).thenReply(token -> token);
    }

    @Override
    public Long onEvent(Long state, Long event) {
      return event;
    }

    @Override
    public Long query(Long state, String query) {
      return state;
    }
  }
}
