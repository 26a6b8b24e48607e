package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.ReplicaId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Searches for what is missing")
class SearchTurnsTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final List<ReplicaId> BOTH = List.of(A, B);

  private final SearchTurns searches = new SearchTurns(new ReplicaId(0));

  @Test
  @DisplayName("go to one after the other, and to nobody if there is none")
  void inTurn() {
    assertThat(searches.next(false, List.of())).isEmpty();
    assertThat(searches.next(false, BOTH)).contains(B);
    assertThat(searches.next(false, BOTH)).contains(A);
    assertThat(searches.next(false, BOTH)).contains(B);
  }

  @Test
  @DisplayName("begin with another one on each node, whatever its id")
  void places() {
    assertThat(new SearchTurns(new ReplicaId(1)).next(false, BOTH)).contains(A);
    assertThat(new SearchTurns(new ReplicaId(Integer.MAX_VALUE)).next(false, BOTH)).isPresent();
  }

  @Test
  @DisplayName("go on while answers come")
  void goOn() {
    searches.next(false, BOTH);
    for (int i = 0; i < 10; i++) {
      searches.moved();
      assertThat(searches.next(true, BOTH)).isEmpty();
    }
    assertThat(searches.next(true, BOTH)).isPresent();
  }

  @Test
  @DisplayName("wait twice as long each time that one was given up, until one is over")
  void patience() {
    searches.next(false, BOTH);
    assertThat(searches.next(true, BOTH)).contains(A);
    assertThat(searches.next(true, BOTH)).isEmpty();
    assertThat(searches.next(true, BOTH)).contains(B);
    for (int i = 0; i < 3; i++) {
      assertThat(searches.next(true, BOTH)).isEmpty();
    }
    assertThat(searches.next(true, BOTH)).contains(A);

    assertThat(searches.next(false, BOTH)).contains(B);
    assertThat(searches.next(true, BOTH)).contains(A);
  }
}
