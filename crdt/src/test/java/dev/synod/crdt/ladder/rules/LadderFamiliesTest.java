package dev.synod.crdt.ladder.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A ladder's families")
class LadderFamiliesTest {

  private static final Family<AddWinsSet<String>> SETS = Kind.SETS.values();
  private static final Family<?> STOCK = Kind.STOCK.values();
  private static final LadderFamilies ALL = new LadderFamilies(List.of(Kind.SETS, Kind.STOCK));

  private static Family<PnCounter> counters(String prefix) {
    return new Family<>(prefix, PlainCodecs.pnCounter(), PnCounter.ZERO);
  }

  @Test
  @DisplayName("are on replicas that have them as they are, among others")
  void fit() {
    assertThat(ALL.objectionTo(List.of(STOCK, SETS))).isEmpty();
    assertThat(ALL.objectionTo(List.of(counters(""), SETS, counters("other/"), STOCK))).isEmpty();
  }

  @Test
  @DisplayName("are not on replicas that have none of them, or the ones that they were made of")
  void others() {
    var plain = new Family<>(SETS.prefix(), SETS.codec(), SETS.empty());
    var copy =
        new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.<String>empty());

    assertThat(ALL.objectionTo(List.of(SETS)).orElseThrow()).contains("no family \"stock/\"");
    for (var other : List.of(plain, copy, copy.unswept())) {
      assertThat(ALL.objectionTo(List.of(other, STOCK)).orElseThrow())
          .contains("no family \"set/\"", "LadderFamily.values()");
    }
  }

  @Test
  @DisplayName("are not on replicas of which another family has some of their keys")
  void longerPrefix() {
    var objection = ALL.objectionTo(List.of(STOCK, SETS, counters("stock/x/")));
    assertThat(objection.orElseThrow()).contains("\"stock/x/\"", "another prefix");
  }
}
