package dev.synod.crdt.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;

/**
 * Waits for what actors do on threads of their own. They may be kept from it for seconds, and no
 * deadline of theirs is to pass meanwhile: so actors' time passes slower than that of the threads.
 */
final class Waiting {

  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GIVEN_FIRST = Duration.ofMillis(10);
  private static final Duration GIVEN_MOST = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(1);

  private final ManualTime time;
  private final TestProbe<Object> looks;

  Waiting(ActorTestKit kit) {
    this.time = ManualTime.get(kit.system());
    this.looks = kit.createTestProbe();
  }

  /** Until that is so, which needs no time of the actors. */
  void soon(BooleanSupplier isSo) {
    within(PATIENCE, isSo);
  }

  /** Until that is so. A tick passes now and then; the threads get ever longer for each of them. */
  void ticking(BooleanSupplier isSo) {
    var given = GIVEN_FIRST;
    for (var left = PATIENCE; !isWithin(given, isSo); left = left.minus(given)) {
      assertThat(left).as("time left").isPositive();
      time.timePasses(TICK);
      given = given.compareTo(GIVEN_MOST) < 0 ? given.multipliedBy(2) : GIVEN_MOST;
    }
  }

  private boolean isWithin(Duration atMost, BooleanSupplier isSo) {
    try {
      within(atMost, isSo);
      return true;
    } catch (AssertionError late) {
      return false;
    }
  }

  private void within(Duration atMost, BooleanSupplier isSo) {
    looks.awaitAssert(
        atMost,
        LOOK,
        () -> {
          assertThat(isSo.getAsBoolean()).isTrue();
          return null;
        });
  }
}
