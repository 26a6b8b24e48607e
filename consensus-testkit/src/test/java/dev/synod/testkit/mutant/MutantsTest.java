package dev.synod.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every planted fault is found")
@Tag("slow")
class MutantsTest {

  private static final Path TABLE = Path.of("target", "mutants.txt");
  private static final int CONTROL_SEEDS = 20;

  private record Found(Mutant mutant, long seed, String what) {

    String invariant() {
      return what.substring(0, Math.max(0, what.indexOf(':')));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%4d of %3d  %-16s %-16s %-45s %s",
          seed,
          mutant.seedsMax(),
          mutant.source().simpleName(),
          mutant.conditions(),
          invariant(),
          mutant.name());
    }
  }

  private static final List<Found> FOUND = new ArrayList<>();

  static Stream<Mutant> mutants() {
    return RaftMutants.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  @DisplayName("by the invariant that is meant for it")
  void isFound(Mutant mutant) throws Exception {
    var source = mutant.source();
    var text = Source.replaced(source.read(), mutant.original(), mutant.replacement());
    var changed = MutantCompiler.compile(source.className(), text);
    var hunt = new Hunt(new MutantLoader(source.className(), changed), mutant.conditions());

    for (long seed = 1; seed <= mutant.seedsMax(); seed++) {
      var broken = hunt.brokenBy(seed);
      if (broken.isPresent()) {
        var found = new Found(mutant, seed, broken.get());
        FOUND.add(found);
        assertThat(mutant.meant()).as(found.what()).contains(found.invariant());
        return;
      }
    }
    assertThat(false).as("%s: not found in %d seeds", mutant, mutant.seedsMax()).isTrue();
  }

  @Test
  @DisplayName("and the same seeds find nothing where nothing is broken")
  void control() throws Exception {
    var conditions = RaftMutants.all().stream().map(Mutant::conditions).distinct().toList();
    for (Conditions under : conditions) {
      var hunt = new Hunt(new MutantLoader("dev.synod.core.Control", Map.of()), under);
      for (long seed = 1; seed <= CONTROL_SEEDS; seed++) {
        assertThat(hunt.brokenBy(seed)).as("seed %d, %s", seed, under).isEmpty();
      }
    }
  }

  @AfterAll
  static void table() throws IOException {
    var lines =
        FOUND.stream().map(Found::toString).collect(Collectors.joining(System.lineSeparator()));
    Files.createDirectories(TABLE.getParent());
    Files.writeString(
        TABLE, "seed of bound  file             conditions       found by%n%s%n".formatted(lines));
  }
}
