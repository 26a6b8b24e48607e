package dev.synod.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every rule of the house can fail")
class PlantedViolationsTest {

  @TempDir Path folder;

  static Stream<Plant> plants() {
    return Stream.of(CodePlants.all(), TextPlants.all()).flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plants")
  @DisplayName("a planted violation is found at its place, and nowhere else")
  void plantIsFound(Plant plant) throws IOException {
    var tree = PlantedTree.of(folder, plant.files());

    var found = HouseRules.named(plant.rule()).findingsIn(tree);

    assertThat(found).isNotEmpty();
    assertThat(found).extracting(Finding::place).containsOnly(plant.place());
  }

  @Test
  @DisplayName("no rule is without a plant")
  void everyRuleHasAPlant() {
    assertThat(HouseRules.all())
        .extracting(Rule::id)
        .isSubsetOf(plants().map(Plant::rule).toList());
  }

  @Test
  @DisplayName("a tree that keeps all the rules is left alone")
  void cleanTreeHasNoFindings() throws IOException {
    var tree = PlantedTree.of(folder, CleanTree.FILES);

    for (Rule rule : HouseRules.all()) {
      assertThat(rule.findingsIn(tree)).as(rule.id()).isEmpty();
    }
  }

  @Test
  @DisplayName("an exception covers its rule at its place, and is reported once it covers nothing")
  void exceptionsCoverWhatTheyName() throws IOException {
    var plant = TextPlants.all().get(0);
    var needed = plant.rule() + " | " + plant.place() + " | A reason.\n";
    var unneeded = "columns | " + plant.place() + " | Another reason.\n";
    var files = new HashMap<>(plant.files());
    files.put("config/exceptions.txt", "# rule | place | reason\n" + needed + unneeded);
    var tree = PlantedTree.of(folder, files);
    var rule = HouseRules.named(plant.rule());

    var exceptions = Exceptions.of(tree);

    assertThat(rule.findingsIn(tree)).allMatch(finding -> exceptions.cover(rule, finding));
    assertThat(exceptions.unneeded(HouseRules.all(), one -> one.findingsIn(tree)))
        .extracting(Exceptions.Line::rule)
        .containsExactly("columns");
  }

  @Test
  @DisplayName("an exception without a reason is refused")
  void exceptionsNeedReasons() throws IOException {
    var tree = PlantedTree.of(folder, Map.of("config/exceptions.txt", "columns | A.java\n"));

    assertThatThrownBy(() -> Exceptions.of(tree)).hasMessageContaining("columns | A.java");
  }

  @Test
  @DisplayName("comments, strings and characters are not code")
  void blanksWhatIsNotCode() {
    var text = "a /* b */ \"c\\\"d\" '\\'' // e\n\"\"\"\nf\\\"\"\"\n\"\"\" g";

    assertThat(Blanking.blank(text)).isEqualToIgnoringWhitespace("a g").hasSameSizeAs(text);
  }
}
