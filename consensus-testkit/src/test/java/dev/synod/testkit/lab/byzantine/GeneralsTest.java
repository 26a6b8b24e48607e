package dev.synod.testkit.lab.byzantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("OM(1), with one traitor of whom every strategy is tried")
class GeneralsTest {

  private static Stream<Treason> broken(Generals generals, Order command, Generals.Rule rule) {
    return Treason.all(generals.count()).stream()
        .filter(treason -> !generals.agree(command, treason, rule));
  }

  @ParameterizedTest(name = "{0} generals")
  @ValueSource(ints = {4, 5, 6, 7})
  @DisplayName("makes four generals and more agree")
  void fourAgree(int generals) {
    for (Order command : Order.values()) {
      assertThat(broken(new Generals(generals), command, Generals.MAJORITY)).isEmpty();
    }
  }

  @Test
  @DisplayName("leaves a loyal lieutenant of three disobeying a loyal commander")
  void threeDoNot() {
    var traitor = new Treason(2, List.of(Order.RETREAT, Order.RETREAT, Order.RETREAT));

    assertThat(new Generals(3).decisions(Order.ATTACK, traitor, Generals.MAJORITY))
        .containsExactly(java.util.Map.entry(1, Order.RETREAT));
  }

  @Test
  @DisplayName("can't be mended for three by deciding otherwise: all 256 pairs of rules fail")
  void noRuleWorksForThree() {
    var three = new Generals(3);

    var sound =
        IntStream.range(0, 256)
            .mapToObj(GeneralsTest::pairOfRules)
            .filter(
                rule ->
                    Stream.of(Order.values())
                        .allMatch(command -> broken(three, command, rule).findAny().isEmpty()));

    assertThat(sound).isEmpty();
  }

  /** Each of the two lieutenants decides by a table of four rows, for the two words it hears. */
  private static Generals.Rule pairOfRules(int number) {
    return (lieutenant, ordered, relayed) -> {
      int row = ordered.ordinal() * 2 + relayed.get(0).ordinal();
      return Order.values()[number >> (lieutenant - 1) * 4 + row & 1];
    };
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("needs only good faith to agree among three")
  void threeLoyalOnesAgree(Order command) {
    var nobody = new Treason(-1, List.of());

    assertThat(new Generals(3).agree(command, nobody, Generals.MAJORITY)).isTrue();
  }
}
