package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.VersionVector;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What waits for something in another shard does not do so for ever. */
@DisplayName("A wait for another shard")
class ShardWaitsTest {

  private static final int ALICE = 0;
  private static final int BOB = 1;
  private static final int CAROL = 2;
  private static final CausalToken NOTHING = CausalToken.NONE;

  @Test
  @DisplayName("is no circle, even if a value was ahead of what is merged: that ends the era")
  void aheadValues() {
    var nodes = new ShardedNodes(3, 2);
    nodes.say(ALICE, 0, "x", NOTHING, 1);
    nodes.flush(ALICE, 0);
    nodes.talk(ALICE, BOB, 0);
    nodes.drop(ALICE, CAROL, 0);
    var seen = nodes.at(BOB, 0).token("x");
    seen = nodes.say(BOB, 1, "v", seen, 2); // follows x
    nodes.say(BOB, 0, "k", seen, 3); // follows v
    nodes.flush(BOB, 0);
    nodes.flush(BOB, 1);
    nodes.drop(BOB, ALICE, 0);
    nodes.drop(BOB, ALICE, 1);
    nodes.fetch(ALICE, BOB, 0, "k");
    nodes.say(ALICE, 0, "k", NOTHING, 4); // after the value that Alice has fetched
    nodes.resend(ALICE, 0);
    for (int i = 0; i < 3; i++) {
      for (int shard : List.of(0, 1)) {
        nodes.talk(ALICE, CAROL, shard);
        nodes.talk(BOB, CAROL, shard);
        nodes.resend(CAROL, shard);
        nodes.resend(ALICE, shard);
      }
    }
    assertThat(nodes.at(CAROL, 0).merged().get(ShardedNodes.id(ALICE, 0)))
        .as("x is not held up by what follows it")
        .isPositive();
    assertThat(nodes.at(CAROL, 0).held().isEmpty()).isTrue();
  }

  /**
   * In shard 0, c follows v of shard 1. Alice finds both, and in shard 1 also what follows
   * something of shard 0 that only Bob has, and that is lost with him.
   */
  @Test
  @DisplayName("for what a search has found includes all that this waits for itself")
  void closedClaims() {
    var nodes = new ShardedNodes(3, 2);
    var seen = nodes.say(BOB, 1, "v", NOTHING, 1);
    seen = nodes.say(BOB, 0, "c", seen, 2);
    nodes.search(ALICE, BOB, 0);
    seen = nodes.say(BOB, 0, "w", seen, 3);
    nodes.say(BOB, 1, "v", seen, 4);
    nodes.search(ALICE, BOB, 1);
    assertThat(List.of(nodes.at(ALICE, 0).merged(), nodes.at(ALICE, 1).merged()))
        .as("v does not count as merged, so neither does c")
        .containsOnly(VersionVector.EMPTY);
    nodes.lose(BOB);
    var said = nodes.say(ALICE, 0, "d", NOTHING, 5);
    nodes.flush(ALICE, 0);
    for (int i = 0; i < 5; i++) {
      for (int shard : List.of(0, 1)) {
        nodes.talk(ALICE, CAROL, shard);
        nodes.search(CAROL, ALICE, shard);
        nodes.resend(CAROL, shard);
      }
    }
    assertThat(nodes.at(CAROL, 0).has(said)).as("Alice is heard").isTrue();
    assertThat(nodes.at(ALICE, 0).holders(1)).isEqualTo(1);
  }

  @Test
  @DisplayName("ends for both once all that they follow is found")
  void bothClaims() {
    var nodes = new ShardedNodes(2, 2);
    var seen = nodes.say(BOB, 1, "v", NOTHING, 1);
    seen = nodes.say(BOB, 0, "c", seen, 2);
    nodes.say(BOB, 1, "v", seen, 3);
    nodes.search(ALICE, BOB, 0);
    assertThat(nodes.at(ALICE, 0).merged()).isEqualTo(VersionVector.EMPTY);
    nodes.search(ALICE, BOB, 1);
    assertThat(nodes.at(ALICE, 0).merged()).isEqualTo(nodes.at(BOB, 0).merged());
    assertThat(nodes.at(ALICE, 1).merged()).isEqualTo(nodes.at(BOB, 1).merged());
    assertThat(nodes.at(ALICE, 0).elsewhere().claims()).isEmpty();
    assertThat(nodes.at(ALICE, 1).elsewhere().claims()).isEmpty();
  }

  /** Alice finds c with Bob, and v with what is lost; Carol has c and v alone. */
  @Test
  @DisplayName("forgets what was needed once there is another way")
  void anotherWay() {
    var nodes = new ShardedNodes(3, 2);
    var seen = nodes.say(BOB, 1, "v", NOTHING, 1);
    seen = nodes.say(BOB, 0, "c", seen, 2);
    nodes.search(CAROL, BOB, 1);
    nodes.search(CAROL, BOB, 0);
    nodes.search(ALICE, BOB, 0);
    seen = nodes.say(BOB, 0, "w", seen, 3);
    nodes.say(BOB, 1, "v", seen, 4);
    nodes.search(ALICE, BOB, 1);
    assertThat(nodes.at(ALICE, 0).merged()).isEqualTo(VersionVector.EMPTY);
    nodes.lose(BOB);
    nodes.search(ALICE, CAROL, 1);
    nodes.resend(ALICE, 0);
    assertThat(nodes.at(ALICE, 0).merged()).isEqualTo(nodes.at(CAROL, 0).merged());
  }

  @Test
  @DisplayName("of one claim is not given up for another that adds nothing")
  void keptClaims() {
    var nodes = new ShardedNodes(3, 2);
    var seen = nodes.say(BOB, 1, "v", NOTHING, 1);
    nodes.say(BOB, 0, "c", seen, 2);
    nodes.search(ALICE, BOB, 0);
    nodes.search(ALICE, CAROL, 0); // who has nothing
    nodes.search(ALICE, BOB, 1);
    assertThat(nodes.at(ALICE, 0).merged()).isEqualTo(nodes.at(BOB, 0).merged());
  }
}
