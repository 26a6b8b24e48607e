package dev.synod.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Outcome;
import dev.synod.core.StateMachine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The example of the user guide")
class StockTest {

  private static final StateMachine.Context CONTEXT =
      new StateMachine.Context() {
        @Override
        public long index() {
          return 1;
        }

        @Override
        public long session() {
          return 1;
        }
      };

  // snippet: test
  @Test
  @DisplayName("a restored stock goes on where the snapshot was taken")
  void goesOnAfterARestore() {
    var first = new Stock();
    first.apply(new Stock.Deliver("screws", 100), CONTEXT);

    var second = new Stock();
    second.restore(first.snapshot());

    assertThat(second.apply(new Stock.Deliver("screws", 5), CONTEXT)).isEqualTo(105);
    assertThat(first.query(new Stock.Count("screws"))).isEqualTo(100);
  }

  // end snippet

  @Test
  @DisplayName("the three outcomes are told apart")
  void outcomesAreToldApart() {
    var rejected = new Outcome.Rejected<Integer>(Outcome.Reason.BUSY, "too many at once");

    assertThat(Shop.describe(new Outcome.Ok<>(7, 1))).contains("7");
    assertThat(Shop.describe(rejected)).contains("nothing was delivered", "too many at once");
    assertThat(Shop.describe(new Outcome.Unknown<>("lost"))).contains("nobody knows");
  }
}
