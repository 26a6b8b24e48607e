package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.SessionTable.Verdict.Expired;
import dev.synod.core.SessionTable.Verdict.Forgotten;
import dev.synod.core.SessionTable.Verdict.Fresh;
import dev.synod.core.SessionTable.Verdict.Full;
import dev.synod.core.SessionTable.Verdict.Repeat;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Client sessions: what makes a retry harmless")
class SessionTableTest {

  private static final long SESSION = 4;
  private final SessionTable<String> table = new SessionTable<>(new SessionLimits(2, 3));

  @Test
  @DisplayName("a new request is fresh; sent again it gets the first reply again")
  void repeats() {
    table.open(SESSION);

    assertThat(table.admit(SESSION, 1, 0)).isInstanceOf(Fresh.class);
    table.keep(SESSION, 1, "one");

    assertThat(table.admit(SESSION, 1, 0)).isEqualTo(new Repeat<>("one"));
    assertThat(table.admit(SESSION, 2, 0)).isInstanceOf(Fresh.class);
  }

  @Test
  @DisplayName("requests may overtake each other")
  void anyOrder() {
    table.open(SESSION);
    table.keep(SESSION, 3, "three");

    assertThat(table.admit(SESSION, 1, 0)).isInstanceOf(Fresh.class);
    assertThat(table.admit(SESSION, 3, 0)).isEqualTo(new Repeat<>("three"));
  }

  @Test
  @DisplayName(
      "what the client acknowledged is forgotten, and not applied again when it comes late")
  void forgets() {
    table.open(SESSION);
    table.keep(SESSION, 1, "one");
    table.keep(SESSION, 2, "two");

    assertThat(table.admit(SESSION, 3, 2)).isInstanceOf(Fresh.class);

    assertThat(table.admit(SESSION, 1, 0)).isInstanceOf(Forgotten.class);
    assertThat(table.admit(SESSION, 2, 0)).isEqualTo(new Repeat<>("two"));
  }

  @Test
  @DisplayName("an acknowledgement that comes late takes nothing back")
  void lateAcknowledgements() {
    table.open(SESSION);
    table.admit(SESSION, 5, 5);

    table.admit(SESSION, 6, 1);

    assertThat(table.admit(SESSION, 4, 1)).isInstanceOf(Forgotten.class);
  }

  @Test
  @DisplayName("a client that never acknowledges is full; its retries are still answered")
  void full() {
    table.open(SESSION);
    for (long request = 1; request <= 3; request++) {
      table.keep(SESSION, request, "r" + request);
    }

    assertThat(table.admit(SESSION, 4, 0)).isInstanceOf(Full.class);
    assertThat(table.admit(SESSION, 3, 0)).isEqualTo(new Repeat<>("r3"));
    assertThat(table.admit(SESSION, 4, 2)).isInstanceOf(Fresh.class);
  }

  @Test
  @DisplayName("a session that was never opened, or is closed, is expired: nothing is applied")
  void expired() {
    assertThat(table.admit(SESSION, 1, 0)).isInstanceOf(Expired.class);

    table.open(SESSION);
    assertThat(table.isOpen(SESSION)).isTrue();
    table.close(SESSION);

    assertThat(table.admit(SESSION, 1, 0)).isInstanceOf(Expired.class);
    assertThatThrownBy(() -> table.keep(SESSION, 1, "one")).isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("no more sessions than allowed; one that ends makes room")
  void sessionsAreBounded() {
    assertThat(table.open(1)).isTrue();
    assertThat(table.open(2)).isTrue();
    assertThat(table.open(3)).isFalse();

    table.close(1);
    assertThat(table.open(3)).isTrue();
    assertThat(table.ids()).containsExactly(2L, 3L);
  }

  @Test
  @DisplayName("a table restored from a snapshot decides as the one it was taken from")
  void snapshots() {
    table.open(SESSION);
    table.open(7);
    table.keep(SESSION, 1, "one");
    table.admit(SESSION, 3, 3);
    table.keep(SESSION, 3, "three");
    var restored = new SessionTable<String>(new SessionLimits(2, 3));
    restored.open(99);

    restored.restore(table.snapshot());

    assertThat(restored.ids()).containsExactly(SESSION, 7L);
    assertThat(restored.snapshot()).isEqualTo(table.snapshot());
    for (long request = 1; request <= 5; request++) {
      assertThat(restored.admit(SESSION, request, 0)).isEqualTo(table.admit(SESSION, request, 0));
    }
  }

  @Test
  @DisplayName("a snapshot stays as it was taken")
  void snapshotsAreValues() {
    table.open(SESSION);
    table.keep(SESSION, 1, "one");
    var snapshot = table.snapshot();

    table.keep(SESSION, 2, "two");
    var restored = new SessionTable<String>(new SessionLimits(2, 3));
    restored.restore(snapshot);
    restored.keep(SESSION, 3, "three");

    assertThat(snapshot.get(0).replies()).containsOnlyKeys(1L);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("two replicas that apply the same entries hold the same table, one from a snapshot")
  void replicasAgree(long seed) {
    var random = new Random(seed);
    var one = new SessionTable<Long>(new SessionLimits(3, 4));
    var other = new SessionTable<Long>(new SessionLimits(3, 4));
    for (long index = 1; index < 300; index++) {
      long session = 1L + random.nextInt(5);
      long request = 1L + random.nextInt(12);
      long acked = random.nextInt(12);
      switch (random.nextInt(8)) {
        case 0 -> assertThat(one.open(session)).isEqualTo(other.open(session));
        case 1 -> {
          one.close(session);
          other.close(session);
        }
        default -> {
          var verdict = one.admit(session, request, acked);
          assertThat(other.admit(session, request, acked)).isEqualTo(verdict);
          if (verdict instanceof Fresh) {
            one.keep(session, request, index);
            other.keep(session, request, index);
          }
        }
      }
      if (random.nextInt(20) == 0) {
        var restored = new SessionTable<Long>(new SessionLimits(3, 4));
        restored.restore(other.snapshot());
        other = restored;
      }
      assertThat(other.snapshot()).isEqualTo(one.snapshot());
    }
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 50);
  }
}
