package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Questions of other replicas")
class QuestionsTest {

  private static final ReplicaId A = new ReplicaId(1);

  private final Questions questions = new Questions(3);

  private static Ask ask(long session) {
    return new Ask(A, session, List.of(0), List.of());
  }

  @Test
  @DisplayName("wait while something large is on its way to who asks, the last one only")
  void waiting() {
    assertThat(questions.heard(ask(1), true)).isEmpty();
    assertThat(questions.heard(ask(2), true)).isEmpty();

    assertThat(questions.next(A)).contains(ask(2));
    assertThat(questions.next(A)).isEmpty();
  }

  @Test
  @DisplayName("are not answered twice while the answer may be on its way, and else are")
  void repeated() {
    assertThat(questions.heard(ask(1), false)).contains(ask(1));

    assertThat(questions.heard(ask(1), true)).isEmpty();
    assertThat(questions.next(A)).isEmpty();
    assertThat(questions.heard(ask(1), false)).contains(ask(1));
    questions.heard(ask(2), true);
    questions.left(A);
    assertThat(questions.next(A)).isEmpty();
  }

  private static Fetch fetch(long request) {
    return new Fetch(A, request, "k", VersionVector.EMPTY);
  }

  @Test
  @DisplayName("of several values wait, as many as there is room for, and are answered in order")
  void values() {
    questions.heard(fetch(7), false);
    for (long request = 7; request <= 11; request++) {
      assertThat(questions.heard(fetch(request), true)).isEmpty();
    }
    questions.heard(ask(1), true);

    assertThat(questions.next(A)).contains(fetch(8));
    assertThat(questions.heard(ask(1), true)).isEmpty();
    assertThat(questions.next(A)).contains(fetch(9));
    assertThat(questions.next(A)).contains(fetch(10));
    assertThat(questions.next(A)).contains(ask(1));
    assertThat(questions.next(A)).isEmpty();
  }

  @Test
  @DisplayName("take turns with news of changes")
  void turns() {
    assertThat(questions.areNext(A)).isFalse();
    questions.heard(ask(1), true);

    assertThat(questions.areNext(A)).isTrue();
    assertThat(questions.areNext(A)).isFalse();
    assertThat(questions.areNext(A)).isTrue();
  }
}
