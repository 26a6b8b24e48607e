package dev.synod.testkit.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Configuration;
import dev.synod.testkit.invariant.Invariant;
import dev.synod.testkit.invariant.SlotRules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A planted fault")
class MutantsTest {

  private static List<String> meant(Stream<List<List<Mutant>>> mutants) {
    return mutants
        .flatMap(List::stream)
        .flatMap(List::stream)
        .flatMap(mutant -> mutant.meant().stream())
        .toList();
  }

  @Test
  @DisplayName("is there for every invariant")
  void everyInvariantHasOne() {
    var meant = meant(Stream.of(RuleFaultsTest.all(), ShellFaultsTest.all()));

    assertThat(Invariant.all())
        .extracting(Invariant::name)
        .allSatisfy(name -> assertThat(meant).contains(name));
  }

  @Test
  @DisplayName("of Multi-Paxos is there for every invariant of acceptors' promises and votes")
  void everyInvariantOfSlotsHasOne() {
    var meant = meant(Stream.of(SlotShellFaultsTest.all()));
    var ofOrder = Invariant.ofOrder().stream().map(Invariant::name).toList();

    assertThat(Invariant.ofSlots(new SlotRules(Configuration::quorum, 1)))
        .extracting(Invariant::name)
        .filteredOn(name -> !ofOrder.contains(name))
        .hasSize(6)
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
}
