package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Term;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Which rounds of heartbeats are recent")
class LeaseTest {

  private static final Term T1 = new Term(1);
  private static final Term T2 = new Term(2);

  private final Lease lease = new Lease(100);

  @Test
  @DisplayName("those that went out less than a lease ago, by the clock as it is now")
  void byTheClock() {
    lease.goesOut(T1, 1, 1000);
    lease.goesOut(T1, 2, 1040);
    lease.goesOut(T1, 3, 1080);

    assertThat(lease.recentSince(T1, 1099)).isEqualTo(1);
    assertThat(lease.recentSince(T1, 1100)).isEqualTo(2);
    assertThat(lease.recentSince(T1, 1140)).isEqualTo(3);
    assertThat(lease.recentSince(T1, 1180)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @DisplayName("rounds of another term are none of this one's")
  void ofThisTerm() {
    lease.goesOut(T1, 5, 1000);

    assertThat(lease.recentSince(T2, 1000)).isEqualTo(Long.MAX_VALUE);
    assertThat(lease.isNew(T2, 5)).isTrue();
    lease.goesOut(T2, 1, 1010);
    assertThat(lease.recentSince(T2, 1011)).isEqualTo(1);
    assertThat(lease.recentSince(T1, 1011)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @DisplayName("a round that is repeated went out when it first did")
  void repeated() {
    assertThat(lease.isNew(T1, 0)).isFalse();
    assertThat(lease.isNew(T1, 1)).isTrue();
    lease.goesOut(T1, 1, 1000);

    assertThat(lease.isNew(T1, 1)).isFalse();
    assertThat(lease.isNew(T1, 2)).isTrue();
  }

  @Test
  @DisplayName("what is forgotten counts as not recent")
  void forgotten() {
    for (int round = 1; round <= 1000; round++) {
      lease.goesOut(T1, round, 1000);
    }

    assertThat(lease.recentSince(T1, 1001)).isEqualTo(1000 - 63);
  }
}
