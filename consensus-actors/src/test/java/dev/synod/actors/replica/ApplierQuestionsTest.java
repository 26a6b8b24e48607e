package dev.synod.actors.replica;

import static dev.synod.actors.replica.ApplierFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.replica.Tally.Add;
import dev.synod.actors.replica.Tally.Get;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A question to an applier")
class ApplierQuestionsTest {

  private final ApplierFixture t = new ApplierFixture();

  @AfterEach
  void stop() {
    t.close();
  }

  @Test
  @DisplayName("waits for its index, with all others that wait for the same")
  void waitsForItsIndex() {
    t.log.openSession();
    t.log.command(1, 1, new Add(5));
    t.log.command(1, 2, new Add(7));
    var applier = t.applier();

    applier.tell(t.question(1, new Get(), 3));
    applier.tell(t.question(2, new Get(), 2));
    applier.tell(t.question(3, new Get(), 2));
    applier.tell(t.apply(t.log.all().subList(0, 2)));

    assertThat(t.answers()).containsExactly(ok(2, 5, 2), ok(3, 5, 2));
    applier.tell(t.apply(t.log.from(3)));
    assertThat(t.answers()).containsExactly(ok(1, 12, 3));
  }

  @Test
  @DisplayName("is answered at once where its index is applied")
  void answeredAtOnce() {
    var applier = t.applier();

    applier.tell(t.question(1, new Get(), 0));

    assertThat(t.answers()).containsExactly(ok(1, 0, 0));
  }

  @Test
  @DisplayName("of a kind that the machine refuses is invalid")
  void refusedIsInvalid() {
    var applier = t.applier();

    applier.tell(t.question(1, new Add(1), 0));
    assertThat(reason()).isEqualTo(Reason.INVALID);
    applier.tell(t.question(1, "not even a command", 0));
    assertThat(reason()).isEqualTo(Reason.INVALID);
  }

  @Test
  @DisplayName("is told busy when too many wait")
  void waitingIsBounded() {
    var applier = t.applier();

    for (int i = 1; i <= 4; i++) {
      applier.tell(t.question(i, new Get(), 9));
    }

    var answers = t.answers();
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).tag()).isEqualTo(4);
    assertThat(((Outcome.Rejected<Object>) answers.get(0).outcome()).reason())
        .isEqualTo(Reason.BUSY);
  }

  @Test
  @DisplayName("at a low index does not wait until a slow batch is applied whole")
  void slowBatchDoesNotDelayIt() throws InterruptedException {
    t.log.openSession();
    for (int i = 1; i <= 9; i++) {
      t.log.command(1, i, i, new Add(1));
    }
    var gate = new CountDownLatch(1);
    var reached = new CountDownLatch(1);
    var applier =
        t.applier(() -> new GatedTally(gate, reached), new ApplierSettings(3, 4, 100, 512, 0));

    applier.tell(t.apply(t.log.all()));
    assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    applier.tell(t.question(1, new Get(), 2));
    gate.countDown();

    // Two turns of four entries are applied by then, of ten in the batch.
    assertThat(t.answers().get(0).outcome()).isEqualTo(ok(1, 3, 4).outcome());
    t.expectApplied(10);
  }

  private Reason reason() {
    return ((Outcome.Rejected<Object>) t.answers().get(0).outcome()).reason();
  }

  /** Stops at the third entry until the gate is open. */
  private static final class GatedTally
      implements dev.synod.core.StateMachine<Tally.Command, Tally.Sum, Tally.State> {
    private final Tally tally = new Tally();
    private final CountDownLatch gate;
    private final CountDownLatch reached;

    GatedTally(CountDownLatch gate, CountDownLatch reached) {
      this.gate = gate;
      this.reached = reached;
    }

    @Override
    public Tally.Sum apply(Tally.Command command, Context context) {
      if (context.index() == 3) {
        reached.countDown();
        try {
          assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return tally.apply(command, context);
    }

    @Override
    public Tally.Sum query(Tally.Command query) {
      return tally.query(query);
    }

    @Override
    public Tally.State snapshot() {
      return tally.snapshot();
    }

    @Override
    public void restore(Tally.State state) {
      tally.restore(state);
    }
  }
}
