package dev.synod.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final WarmClasses WARM = new WarmClasses();
  private static final Set<String> WARMED = new HashSet<>();

  private final MutantTable table = new MutantTable(getClass().getSimpleName());
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
    warmFor(mutant.search());
    var classes = mutant.classes();
    var hunted = new Hunted();
    if (WARM.put(classes)) {
      try {
        hunted = hunt(mutant, WARM.loader());
      } finally {
        WARM.restore();
      }
    }
    if (hunted.found.isEmpty()) {
      hunted = hunt(mutant, new MutantLoader(mutant.source().className(), classes));
    }

    assertThat(hunted.found)
        .as(
            "%s (%s): invariants %s; others found in %d seeds: %s",
            mutant, mutant.search(), mutant.meant(), mutant.seedsMax(), hunted.others)
        .isPresent();
    if (mutant.search().isTriedWithout()) {
      assertThat(new Hunt(WARM.loader(), mutant.search()).brokenBy(hunted.seed))
          .as("the same seed %d without the fault", hunted.seed)
          .isEmpty();
    }
    table.add(mutant, hunted.found.orElseThrow(), hunted.seed, hunted.others.size());
  }

  /** Runs it once without any fault, so that no class is initialised while there is one. */
  private static void warmFor(Search search) throws ReflectiveOperationException {
    if (WARMED.add(search.run())) {
      assertThat(new Hunt(WARM.loader(), search).brokenBy(1)).isNotNull();
    }
  }

  /** What came of it, up to the seed that found the fault or was the last. */
  private static final class Hunted {
    private Optional<String> found = Optional.empty();
    private final Map<Long, String> others = new HashMap<>();
    private long seed;
  }

  private static Hunted hunt(Mutant mutant, MutantLoader classes)
      throws ReflectiveOperationException {
    var hunt = new Hunt(classes, mutant.search());
    var hunted = new Hunted();
    var seeds = NOTED.of(mutant).iterator();
    while (hunted.found.isEmpty() && seeds.hasNext()) {
      hunted.seed = seeds.nextLong();
      var broken = hunt.brokenBy(hunted.seed);
      hunted.found = broken.flatMap(mutant::meantBy);
      if (hunted.found.isEmpty() && broken.isPresent()) {
        hunted.others.put(hunted.seed, broken.get());
      }
    }
    return hunted;
  }
}
