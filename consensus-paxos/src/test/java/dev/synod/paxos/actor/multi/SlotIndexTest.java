package dev.synod.paxos.actor.multi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The index from slots to records")
class SlotIndexTest {

  private static final Ballot LOW = new Ballot(1, StoreId.of(1));
  private static final Ballot HIGH = new Ballot(2, StoreId.of(1));

  private final SlotIndex index = new SlotIndex();

  @Test
  @DisplayName("knows each slot's newest vote, and which have none")
  void newest() {
    index.put(3, LOW, 10);
    index.put(1, LOW, 11);
    index.put(3, HIGH, 12);

    assertThat(index.ballotAt(3)).isEqualTo(HIGH);
    assertThat(index.placeOf(3)).isEqualTo(12);
    assertThat(index.ballotAt(2)).isEqualTo(Ballot.ZERO);
    assertThat(index.placeOf(4)).isZero();
    assertThat(index.last()).isEqualTo(3);
    assertThat(index.lowestPlace()).isEqualTo(11);
  }

  @Test
  @DisplayName("forgets what a snapshot covers, even beyond what it has")
  void forgets() {
    for (long slot = 1; slot <= 1000; slot++) {
      index.put(slot, LOW, slot);
    }

    index.forget(990);
    index.put(990, HIGH, 2000);

    assertThat(index.placeOf(990)).isZero();
    assertThat(index.placeOf(991)).isEqualTo(991);
    assertThat(index.lowestPlace()).isEqualTo(991);
    index.forget(5000);
    assertThat(index.last()).isEqualTo(5000);
    assertThat(index.lowestPlace()).isEqualTo(Long.MAX_VALUE);
    index.put(5001, HIGH, 3000);
    assertThat(index.placeOf(5001)).isEqualTo(3000);
  }
}
