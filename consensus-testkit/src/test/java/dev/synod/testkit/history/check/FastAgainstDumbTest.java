package dev.synod.testkit.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.model.Model;
import dev.synod.testkit.history.model.Models;
import dev.synod.testkit.history.model.RegisterModel;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@DisplayName("On small random histories the checkers agree with trying all orders")
class FastAgainstDumbTest {

  private static final int HISTORIES = 2_500;

  /** A model and what is asked of it. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Kind {
    REGISTER(Models.register("0"), Vocabularies.register()),
    COUNTER(Models.counter(), Vocabularies.counter(20)),
    SET(Models.set(), Vocabularies.set()),
    QUEUE(Models.queue(), Vocabularies.queue()),
    LOCK(Models.lock(), Vocabularies.lock());

    private final Model<?> model;
    private final RandomHistories.Vocabulary vocabulary;

    Kind(Model<?> model, RandomHistories.Vocabulary vocabulary) {
      this.model = model;
      this.vocabulary = vocabulary;
    }
  }

  private static History history(Kind kind, long seed) {
    var random = new Random(seed * 31 + kind.name().length());
    var histories = new RandomHistories<>(kind.model, kind.vocabulary, random.nextLong());
    var honest = histories.honest(2 + random.nextInt(2), 4 + random.nextInt(3), 15);
    return random.nextInt(4) == 0 ? honest : histories.dishonest(honest, 1 + random.nextInt(2));
  }

  /** The verdict of a check that is told any order, mostly a wrong one. */
  private static Verdict guessing(History history, Kind kind, long seed) {
    Guess guess = operation -> new Random(seed * 41 + operation.number()).nextInt(3);
    return LinearizabilityChecker.check(history, kind.model, CheckLimits.DEFAULT, guess);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Kind.class)
  @DisplayName("linearizable")
  void linearizable(Kind kind) {
    int broken = 0;
    for (long seed = 0; seed < HISTORIES; seed++) {
      var history = history(kind, seed);
      boolean expected = BruteForce.isLinearizable(history, kind.model);

      var verdict = LinearizabilityChecker.check(history, kind.model);

      assertThat(verdict.holds()).as("seed %s%n%s%s", seed, history, verdict).isEqualTo(expected);
      assertThat(verdict.isBroken()).isEqualTo(!expected);
      assertThat(guessing(history, kind, seed).holds()).as("seed %s", seed).isEqualTo(expected);
      broken += expected ? 0 : 1;
    }
    assertThat(broken).as("a fair mixture").isBetween(HISTORIES / 10, HISTORIES * 9 / 10);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Kind.class)
  @DisplayName("linearizable, with more clients and many unknown outcomes")
  void linearizableWithManyUnknown(Kind kind) {
    for (long seed = 0; seed < HISTORIES; seed++) {
      var random = new Random(seed * 37 + kind.name().length());
      var histories = new RandomHistories<>(kind.model, kind.vocabulary, random.nextLong());
      var honest = histories.honest(4, 5 + random.nextInt(2), 40);
      var history = histories.dishonest(honest, random.nextInt(3));
      boolean expected = BruteForce.isLinearizableStepwise(history, kind.model);

      var verdict = LinearizabilityChecker.check(history, kind.model);

      assertThat(verdict.holds()).as("seed %s%n%s%s", seed, history, verdict).isEqualTo(expected);
      assertThat(verdict.isBroken()).isEqualTo(!expected);
      assertThat(guessing(history, kind, seed).holds()).as("seed %s", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Kind.class)
  @DisplayName("sequential")
  void sequential(Kind kind) {
    for (long seed = 0; seed < HISTORIES; seed++) {
      var history = history(kind, seed);
      boolean expected = BruteForce.isSequential(history, kind.model);

      var verdict = SequentialChecker.check(history, kind.model);

      assertThat(verdict.holds()).as("seed %s%n%s%s", seed, history, verdict).isEqualTo(expected);
      assertThat(verdict.isBroken()).isEqualTo(!expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Kind.class)
  @DisplayName("the prefix that the witness names is the shortest")
  void shortestPrefix(Kind kind) {
    for (long seed = 0; seed < HISTORIES / 4; seed++) {
      var history = history(kind, seed);
      if (LinearizabilityChecker.check(history, kind.model) instanceof Verdict.Broken broken) {
        var blamed = broken.witness().operations();
        int end = blamed.get(blamed.size() - 1).endedAt();

        var part = partOf(history, kind.model, kind.model.part(blamed.get(0).call()));

        assertThat(BruteForce.isLinearizable(upTo(part, end), kind.model))
            .as("up to event %s of%n%s%s", end, history, broken)
            .isFalse();
        assertThat(BruteForce.isLinearizable(upTo(part, end - 1), kind.model))
            .as("before event %s of%n%s%s", end, history, broken)
            .isTrue();
      }
    }
  }

  /**
   * The operations of one part, at the times when they happened, which are the events' places.
   * Without the rejected ones: what was rejected later had no effect before either.
   */
  private static History partOf(History history, Model<?> model, String part) {
    var places = new HashSet<Integer>();
    for (var operation : history.operations()) {
      if (model.part(operation.call()).equals(part) && operation.ending() != Ending.REJECTED) {
        places.add((int) operation.invoke().time());
        places.add((int) operation.end().time());
      }
    }
    return new History(
        history.events().stream().filter(event -> places.contains((int) event.time())).toList());
  }

  private static History upTo(History history, int time) {
    return new History(history.events().stream().filter(event -> event.time() <= time).toList());
  }

  @ParameterizedTest(name = "seeds {0} thousand and on")
  @ValueSource(ints = {0, 1, 2, 3})
  @DisplayName("causal, PRAM, stale reads")
  void causal(int thousand) {
    var model = new RegisterModel("0");
    int causal = 0;
    int pram = 0;
    for (long seed = thousand * 1_000L; seed < (thousand + 1) * 1_000L; seed++) {
      var random = new Random(seed);
      var histories = new RandomHistories<>(model, Vocabularies.differentValues(), seed);
      var honest = histories.honest(3, 6 + random.nextInt(5), 6);
      var history = histories.dishonest(honest, 2 + random.nextInt(10));
      var dumb = new BruteForceCausal(history, model);

      var isCausal = CausalChecker.causal(history, model, CheckLimits.DEFAULT);
      var isPram = CausalChecker.pram(history, model, CheckLimits.DEFAULT);
      var sessions = SessionChecker.check(history, model);

      assertThat(isCausal.holds())
          .as("seed %s%n%s%s", seed, history, isCausal)
          .isEqualTo(dumb.isCausal());
      assertThat(isPram.holds())
          .as("seed %s%n%s%s", seed, history, isPram)
          .isEqualTo(dumb.isPram());
      if (dumb.isCyclic() || dumb.hasReadTheUnwritten()) {
        assertThat(sessions.undecided()).as("seed %s%n%s", seed, history).isPresent();
      } else {
        assertSessions(sessions, dumb, "seed %s%n%s%s".formatted(seed, history, sessions));
      }
      causal += isCausal.holds() ? 1 : 0;
      pram += isPram.holds() ? 1 : 0;
    }
    assertThat(causal).as("a fair mixture").isBetween(100, 900);
    assertThat(pram).as("some are PRAM and not causal").isGreaterThan(causal);
  }

  private static void assertSessions(SessionReport found, BruteForceCausal dumb, String text) {
    assertThat(found.holds()).as(text).isEqualTo(!dumb.hasStaleRead());
    assertThat(found.broken().containsKey(SessionGuarantee.READ_YOUR_WRITES))
        .as(text)
        .isEqualTo(dumb.breaksReadYourWrites());
    assertThat(found.broken().containsKey(SessionGuarantee.MONOTONIC_READS))
        .as(text)
        .isEqualTo(dumb.breaksMonotonicReads());
  }
}
