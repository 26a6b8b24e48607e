package dev.synod.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finds planted faults: some in each of several test classes, as each takes a core for minutes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultHunt {

  private static final String WANTED = "synod.mutant";
  private static final NotedSeeds NOTED = NotedSeeds.read();

  private final MutantTable table = new MutantTable(getClass().getSimpleName());
  private final Map<Search, Hunt> unchanged = new HashMap<>();
  private final MutantLoader unchangedClasses = new MutantLoader("dev.synod.core.", Map.of());
  private final List<Mutant> mutants;

  FaultHunt(List<List<Mutant>> mutants) {
    this.mutants = mutants.stream().flatMap(List::stream).toList();
  }

  @AfterAll
  void writeTable() throws IOException {
    table.write();
  }

  /** All, or with {@code -Dsynod.mutant=…} those whose names contain that. */
  Stream<Mutant> wanted() {
    return mutants.stream().filter(one -> one.toString().contains(System.getProperty(WANTED, "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wanted")
  @DisplayName(
      "is found within its seeds by the invariant meant for it, and is all that these find")
  void isFound(Mutant mutant) throws IOException, ReflectiveOperationException {
    var hunt = new Hunt(mutant.loader(), mutant.search());
    var others = new HashMap<Long, String>();
    var found = Optional.<String>empty();
    var seeds = NOTED.of(mutant).iterator();
    long seed = 0;
    while (found.isEmpty() && seeds.hasNext()) {
      seed = seeds.nextLong();
      var broken = hunt.brokenBy(seed);
      found = broken.flatMap(mutant::meantBy);
      if (found.isEmpty() && broken.isPresent()) {
        others.put(seed, broken.get());
      }
    }

    assertThat(found)
        .as(
            "%s (%s): invariants %s; others found in %d seeds: %s",
            mutant, mutant.search(), mutant.meant(), mutant.seedsMax(), others)
        .isPresent();
    if (mutant.search().isTriedWithout()) {
      assertThat(unchanged(mutant.search()).brokenBy(seed))
          .as("the same seed %d without the fault", seed)
          .isEmpty();
    }
    table.add(mutant, found.orElseThrow(), seed, others.size());
  }

  private Hunt unchanged(Search search) throws ReflectiveOperationException {
    var hunt = unchanged.get(search);
    if (hunt == null) {
      hunt = new Hunt(unchangedClasses, search);
      unchanged.put(search, hunt);
    }
    return hunt;
  }
}
