package dev.synod.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
@DisplayName("A fault planted in Paxos")
class PaxosFaultsTest {

  static Stream<PaxosMutant> mutants() {
    return Stream.of(
            PaxosMutants.acceptors(),
            PaxosMutants.proposers(),
            PaxosMutants.others(),
            PaxosMutants.simulated())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  @DisplayName("is found by what is meant for it")
  void isFound(PaxosMutant mutant) throws IOException, ReflectiveOperationException {
    @SuppressWarnings("unchecked") // it is one, in any loader
    var run =
        (Function<String, String>)
            mutant.loader().loadClass(mutant.run()).getDeclaredConstructor().newInstance();

    assertThat(found(mutant, run)).isNotEmpty().startsWith(mutant.meant());
  }

  /** What runs looks up classes by name, too: those with the fault. */
  private static String found(PaxosMutant mutant, Function<String, String> run) {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(run.getClass().getClassLoader());
    try {
      return run.apply(mutant.setting());
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
