package dev.synod.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The rules of the house hold here")
class HouseTest {

  private static final WorkTree TREE = WorkTree.thisOne();
  private static final Exceptions EXCEPTIONS = Exceptions.of(TREE);

  @TestFactory
  @DisplayName(
      "every rule holds, but for the exceptions that config/exceptions.txt gives reasons for")
  Stream<DynamicTest> everyRuleHolds() {
    return HouseRules.all().stream().map(rule -> dynamicTest(rule.id(), () -> holds(rule)));
  }

  private static void holds(Rule rule) {
    var found = rule.findingsIn(TREE).stream().filter(it -> !EXCEPTIONS.cover(rule, it)).toList();

    assertThat(found).as("%s: %s", rule.id(), rule.because()).isEmpty();
  }

  @Test
  @DisplayName("an exception that is no longer needed is gone")
  void exceptionsAreStillNeeded() {
    assertThat(EXCEPTIONS.unneeded(HouseRules.all(), TREE)).isEmpty();
  }

  @Test
  @DisplayName("this looks at the real work tree and its classes")
  void looksAtTheRealTree() {
    assertThat(TREE.modules()).contains("consensus-core", "architecture-tests");
    assertThat(TREE.sources())
        .extracting(JavaSource::file)
        .anyMatch(it -> it.endsWith("/Term.java"));
    assertThat(TREE.classes().contain("dev.synod.core.Term")).isTrue();
    assertThat(TREE.classes().contain(HouseTest.class)).isFalse();
  }
}
