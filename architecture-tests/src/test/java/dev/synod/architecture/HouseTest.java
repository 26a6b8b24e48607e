package dev.synod.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The rules of the house hold here")
class HouseTest {

  private static final WorkTree TREE = WorkTree.thisOne();
  private static final Exceptions EXCEPTIONS = Exceptions.of(TREE);
  private static final Map<String, List<Finding>> FOUND = new HashMap<>();

  @TestFactory
  @DisplayName(
      "every rule holds, but for the exceptions that config/exceptions.txt gives reasons for")
  Stream<DynamicTest> everyRuleHolds() {
    return HouseRules.all().stream().map(rule -> dynamicTest(rule.id(), () -> holds(rule)));
  }

  /** Some rules look at the whole tree for seconds, so each does it once. */
  private static List<Finding> findings(Rule rule) {
    return FOUND.computeIfAbsent(rule.id(), id -> rule.findingsIn(TREE));
  }

  private static void holds(Rule rule) {
    var found = findings(rule).stream().filter(it -> !EXCEPTIONS.cover(rule, it)).toList();

    assertThat(found).as("%s: %s", rule.id(), rule.because()).isEmpty();
  }

  @Test
  @DisplayName("an exception that is no longer needed is gone")
  void exceptionsAreStillNeeded() {
    assertThat(EXCEPTIONS.unneeded(HouseRules.all(), HouseTest::findings)).isEmpty();
  }

  @Test
  @DisplayName("every product class of every module is looked at, and no test class")
  void looksAtTheRealTree() {
    var products =
        TREE.sources().stream()
            .filter(JavaSource::isProduct)
            .filter(source -> !source.name().equals("package-info"))
            .map(source -> source.packageName() + "." + source.name())
            .toList();

    assertThat(products).contains("dev.synod.core.Term");
    assertThat(products).filteredOn(name -> !TREE.classes().contain(name)).isEmpty();
    assertThat(TREE.classes().contain(HouseTest.class)).isFalse();
  }
}
