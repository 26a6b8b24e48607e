package dev.synod.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.testkit.invariant.Invariant;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
@DisplayName("A planted fault")
class MutantsTest {

  private static final String WANTED = "synod.mutant";
  private static final MutantTable TABLE = new MutantTable();
  private static final Map<Conditions, Hunt> UNCHANGED = new HashMap<>();
  private static final MutantLoader UNCHANGED_CLASSES =
      new MutantLoader("dev.synod.core.", Map.of());

  static Stream<Mutant> mutants() {
    return Stream.of(
            RuleMutants.all(),
            ReadMutants.all(),
            MemberMutants.all(),
            ShellMutants.all(),
            RetuneMutants.all(),
            LogMutants.all(),
            ReadmissionMutants.all(),
            RecoveryMutants.all(),
            WatchMutants.all(),
            ConsistencyMutants.all())
        .flatMap(List::stream);
  }

  @AfterAll
  static void writeTable() throws IOException {
    TABLE.write();
  }

  /** All, or with {@code -Dsynod.mutant=…} those whose names contain that. */
  static Stream<Mutant> wanted() {
    return mutants().filter(one -> one.toString().contains(System.getProperty(WANTED, "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wanted")
  @DisplayName(
      "is found within its seeds by the invariant meant for it, and is all that these find")
  void isFound(Mutant mutant) throws IOException, ReflectiveOperationException {
    var hunt = new Hunt(mutant.loader(), mutant.conditions());
    var others = new HashMap<Long, String>();
    var found = Optional.<String>empty();
    long seed = 0;
    while (found.isEmpty() && seed < mutant.seedsMax()) {
      var broken = hunt.brokenBy(++seed);
      found = broken.flatMap(mutant::meantBy);
      if (found.isEmpty() && broken.isPresent()) {
        others.put(seed, broken.get());
      }
    }

    assertThat(found)
        .as(
            "%s (%s): invariants %s; others found in %d seeds: %s",
            mutant, mutant.conditions(), mutant.meant(), seed, others)
        .isPresent();
    assertThat(unchanged(mutant.conditions()).brokenBy(seed))
        .as("the same seed %d without the fault", seed)
        .isEmpty();
    TABLE.add(mutant, found.orElseThrow(), seed, others.size());
  }

  @Test
  @DisplayName("is there for every invariant")
  void everyInvariantHasOne() {
    var meant = mutants().flatMap(mutant -> mutant.meant().stream()).toList();

    assertThat(Invariant.all())
        .extracting(Invariant::name)
        .allSatisfy(name -> assertThat(meant).contains(name));
  }

  @Test
  @DisplayName("that does not fit its source any more is an error, not a fault that is not found")
  void snippetMustOccurOnce() {
    assertThat(Source.replaced("a = b(\n  c);", "b( c )", "d")).isEqualTo("a = d;");
    assertThatThrownBy(() -> Source.replaced("a = b;", "c", "d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not occur");
    assertThatThrownBy(() -> Source.replaced("a = a;", "a", "d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than once");
  }

  private static Hunt unchanged(Conditions conditions) throws ReflectiveOperationException {
    var hunt = UNCHANGED.get(conditions);
    if (hunt == null) {
      hunt = new Hunt(UNCHANGED_CLASSES, conditions);
      UNCHANGED.put(conditions, hunt);
    }
    return hunt;
  }
}
