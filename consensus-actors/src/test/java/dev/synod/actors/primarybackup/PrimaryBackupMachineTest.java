package dev.synod.actors.primarybackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.primarybackup.PreparingMachine.Stale;
import dev.synod.core.StateMachine.Context;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a primary prepares")
class PrimaryBackupMachineTest {

  private static final Context ANYWHERE =
      new Context() {
        @Override
        public long index() {
          return 1;
        }

        @Override
        public long session() {
          return 1;
        }
      };

  /** Appends what it is asked to, with the number of times that it was asked here. */
  private static final class Counting implements PrimaryBackup<String, String, String, String> {
    private int asked;

    @Override
    public String emptyState() {
      return "";
    }

    @Override
    public String prepare(String state, String request) {
      if (request.isEmpty()) {
        throw new IllegalStateException("nothing to append");
      }
      return state + request + ++asked;
    }

    @Override
    public String apply(String state, String transaction) {
      return transaction;
    }

    @Override
    public String reply(String after, String transaction) {
      return "now " + after;
    }

    @Override
    public String query(String state, String query) {
      return state;
    }
  }

  private static PrimaryBackupMachine<String, String, String, String> machine() {
    return new PrimaryBackupMachine<>(new Counting());
  }

  /** As the applier hands over whatever an entry holds. */
  private static String apply(
      PrimaryBackupMachine<String, String, String, String> machine, Object entry) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    var raw = (PreparingMachine<Object, String, PreparedState>) (PreparingMachine) machine;
    return raw.apply(entry, ANYWHERE);
  }

  private final PrimaryBackupMachine<String, String, String, String> primary = machine();
  private final PrimaryBackupMachine<String, String, String, String> backup = machine();

  @Test
  @DisplayName("is prepared on top of what is not applied yet, and replicas only take it over")
  void ahead() {
    primary.begin(7);
    var first = primary.prepare("a");
    var second = primary.prepare("b");

    assertThat(first).isEqualTo(new Transaction(new Ticket(7, 0, 1), Optional.of("a1"), ""));
    assertThat(second.change()).contains("a1b2");
    assertThat(primary.query("")).isEmpty();
    for (var replica : List.of(primary, backup)) {
      assertThat(apply(replica, first)).isEqualTo("now a1");
      assertThat(apply(replica, second)).isEqualTo("now a1b2");
    }
    assertThat(backup.query("")).isEqualTo("a1b2");
    assertThat(primary.isPreparing(7)).isTrue();
  }

  @Test
  @DisplayName("on something that never took effect changes nothing, and another chain begins")
  void gap() {
    primary.begin(7);
    primary.prepare("lost");
    var inVain = primary.prepare("b");

    assertThatThrownBy(() -> apply(primary, inVain)).isInstanceOf(Stale.class);
    assertThatThrownBy(() -> apply(backup, inVain)).isInstanceOf(Stale.class);
    assertThat(primary.isPreparing(7)).isFalse();

    primary.begin(7);
    var again = primary.prepare("b");
    assertThat(again.ticket()).isEqualTo(new Ticket(7, 1, 1));
    assertThat(again.change()).contains("b3");
    assertThat(apply(backup, again)).isEqualTo("now b3");
  }

  @Test
  @DisplayName("in an older chain, or by an older leader, does not follow what a later one did")
  void olderChain() {
    primary.begin(7);
    primary.prepare("a");
    var old = primary.prepare("b");
    backup.begin(8);
    var newer = backup.prepare("c");

    assertThat(apply(backup, newer)).isEqualTo("now c1");
    assertThatThrownBy(() -> apply(backup, old))
        .isInstanceOf(Stale.class)
        .hasMessageContaining("Ticket[epoch=7, chain=0, version=2]");
    assertThat(backup.isPreparing(8)).isTrue();
    assertThat(backup.query("")).isEqualTo("c1");
  }

  @Test
  @DisplayName("once is not applied twice")
  void once() {
    primary.begin(7);
    var first = primary.prepare("a");

    apply(backup, first);
    assertThatThrownBy(() -> apply(backup, first)).isInstanceOf(Stale.class);
  }

  @Test
  @DisplayName("in vain, for it threw, is an answer in its turn")
  void failure() {
    primary.begin(7);
    var failed = primary.prepare("");
    var next = primary.prepare("b");

    assertThatThrownBy(() -> apply(backup, failed))
        .isInstanceOf(PreparationFailed.class)
        .hasMessage("java.lang.IllegalStateException: nothing to append");
    assertThat(apply(backup, next)).isEqualTo("now b1");
  }

  @Test
  @DisplayName("but not replicated is taken back, and the chain goes on before it")
  void takenBack() {
    primary.begin(7);
    var first = primary.prepare("a");
    primary.prepare("too long");
    primary.takeBack();
    var next = primary.prepare("b");

    assertThat(next.ticket()).isEqualTo(new Ticket(7, 0, 2));
    apply(backup, first);
    assertThat(apply(backup, next)).isEqualTo("now a1b3");
    assertThat(primary.isPreparing(7)).isTrue();
  }

  @Test
  @DisplayName("may not be left out: a request itself changes nothing")
  void notPrepared() {
    assertThatThrownBy(() -> apply(backup, "a"))
        .isInstanceOf(Stale.class)
        .hasMessage("the request was not prepared");
  }

  @Test
  @DisplayName("goes on behind a snapshot, which ends what was being prepared")
  void snapshot() {
    primary.begin(7);
    apply(primary, primary.prepare("a"));
    var next = primary.prepare("b");
    backup.begin(6);

    backup.restore(primary.snapshot());

    assertThat(backup.isPreparing(6)).isFalse();
    assertThat(backup.snapshot()).isEqualTo(primary.snapshot());
    assertThat(apply(backup, next)).isEqualTo("now a1b2");
  }
}
