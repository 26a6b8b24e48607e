package dev.synod.actors.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ReplicaMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The search for a replica that serves a watch")
class SearchTest {

  private final ActorRef<ReplicaMessage> one = TestInbox.<ReplicaMessage>create("one").getRef();
  private final ActorRef<ReplicaMessage> two = TestInbox.<ReplicaMessage>create("two").getRef();
  private final ActorRef<ReplicaMessage> three = TestInbox.<ReplicaMessage>create("three").getRef();
  private final List<ActorRef<ReplicaMessage>> all = List.of(one, two, three);
  private final Search search = new Search();
  private final List<ActorRef<ReplicaMessage>> turn = new ArrayList<>();

  @Test
  @DisplayName("goes on for ever while replicas are silent or don't serve")
  void neverGivesUpOnSilence() {
    for (int round = 0; round < 10 * Search.ROUNDS_MAX; round++) {
      search.found(all);
      for (int i = 0; i < all.size(); i++) {
        search.silent(List.of(next()), false);
      }
      assertThat(search.next()).isEmpty();
    }

    assertThat(search.isInVain()).isFalse();
  }

  @Test
  @DisplayName("tries those first that were not silent")
  void silentLast() {
    search.found(all);
    search.silent(List.of(next()), false);
    search.found(all);

    assertThat(List.of(next(), next(), next())).containsExactly(two, three, one);
  }

  @Test
  @DisplayName("goes on with all others at once after one was silent")
  void hurries() {
    search.found(all);
    assertThat(search.next()).containsExactly(one);
    search.silent(List.of(one), false);

    assertThat(search.next()).containsExactly(two, three);
    assertThat(search.next()).isEmpty();
    search.found(all);
    assertThat(search.next()).containsExactly(two);
  }

  @Test
  @DisplayName("has no hurry after one that has served, so that not all turn to the leader")
  void afterServing() {
    search.found(all);
    assertThat(search.next()).containsExactly(one);
    search.served();
    search.silent(List.of(one), true);

    assertThat(search.next()).containsExactly(two);
    search.silent(List.of(two), false);
    search.found(all);
    assertThat(search.next()).containsExactly(three);
  }

  @Test
  @DisplayName("does not take one's word that something is gone while others have not been asked")
  void asksTheOthers() {
    search.found(List.of(one));
    search.lacks(next(), 50);
    assertThat(search.next()).isEmpty();
    assertThat(search.isInVain()).isFalse();

    search.found(all);

    assertThat(List.of(next(), next())).containsExactly(two, three);
  }

  @Test
  @DisplayName("ends when those that answer lack it, with the first index that any of them has")
  void gone() {
    search.found(all);
    search.silent(List.of(next()), false);
    search.lacks(next(), 50);
    search.lacks(next(), 40);
    for (int round = 1; round < Search.ROUNDS_MAX; round++) {
      assertThat(search.next()).isEmpty();
      assertThat(search.isInVain()).isFalse();
      search.found(all);
    }

    assertThat(search.next()).isEmpty();
    assertThat(search.isInVain()).isTrue();
    assertThat(search.first()).hasValue(40);
  }

  @Test
  @DisplayName("ends without any index when all that answer belong to another group of that name")
  void refounded() {
    for (int round = 1; round <= Search.ROUNDS_MAX; round++) {
      search.found(all);
      for (var next = search.next(); !next.isEmpty(); next = search.next()) {
        next.forEach(search::other);
      }
    }

    assertThat(search.isInVain()).isTrue();
    assertThat(search.first()).isEmpty();
  }

  @Test
  @DisplayName("begins anew when one has served")
  void served() {
    search.found(all);
    search.lacks(next(), 50);
    search.served();

    search.found(all);

    assertThat(next()).isEqualTo(one);
  }

  private ActorRef<ReplicaMessage> next() {
    if (turn.isEmpty()) {
      turn.addAll(search.next());
    }
    assertThat(turn).isNotEmpty();
    return turn.remove(0);
  }
}
