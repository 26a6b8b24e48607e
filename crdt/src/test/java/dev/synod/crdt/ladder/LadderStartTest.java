package dev.synod.crdt.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.ladder.LocalGroup.Fate;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The start of a ladder")
class LadderStartTest {

  private static final Family<PnCounter> COUNTERS =
      new Family<>("like/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final LadderFamily<PnCounter, Long> LIKES =
      LadderFamily.of(COUNTERS, Long.class, (counter, by, amount) -> counter.add(by, amount));

  private final ActorTestKit kit = ActorTestKit.create();
  private final LocalGroup group = new LocalGroup(List.of(LIKES));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private Ladder start(String name, Family<?> family) {
    var node = kit.system().address().toString();
    var data = ReplicatedValues.start(kit.system(), name, List.of(node), List.of(family));
    return Ladder.start(kit.system(), name, data, group, List.of(LIKES));
  }

  @Test
  @DisplayName("is refused on data that was started with another family than the ladder's")
  void otherFamilies() throws Exception {
    assertThatThrownBy(() -> start("plain", COUNTERS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no family \"like/\"")
        .hasMessageContaining("LadderFamily.values()");

    group.decide(command -> Fate.ANSWERED);
    var ladder = start("unswept", LIKES.values());
    ladder.started().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(
            ladder
                .entity(LIKES, "like/7")
                .update(1L)
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES))
        .isInstanceOf(LadderOutcome.Done.class);
  }
}
