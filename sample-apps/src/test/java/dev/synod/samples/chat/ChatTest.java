package dev.synod.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.samples.node.InMemoryGroups.At;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The chat room")
class ChatTest {

  private final Chat chat = new Chat();

  @Test
  @DisplayName("keeps messages in the order of the log, each with its index")
  void keepsOrder() {
    var one = say("a", "hello", 3);
    var two = say("b", "who is there?", 7);

    assertThat(one.index()).isEqualTo(3);
    assertThat(recent(0)).containsExactly(one, two);
    assertThat(recent(3)).containsExactly(two);
  }

  @Test
  @DisplayName("takes the same id for the same message, and gives the first one again")
  void sameIdIsSameMessage() {
    var first = say("a", "hello", 3);

    var again = say("a", "hello", 9);

    assertThat(again).isEqualTo(first);
    assertThat(recent(0)).containsExactly(first);
  }

  @Test
  @DisplayName("lets go of the oldest message when it is full, and of its id")
  void isBounded() {
    for (int i = 1; i <= Chat.MESSAGES_MAX + 1; i++) {
      say("id" + i, "message " + i, i);
    }

    assertThat(recent(0)).hasSize(Chat.MESSAGES_MAX);
    assertThat(recent(0).get(0).id()).isEqualTo("id2");
    assertThat(say("id1", "message 1", 5_000).index()).isEqualTo(5_000);
    assertThat(recent(0)).hasSize(Chat.MESSAGES_MAX);
  }

  @Test
  @DisplayName("goes on from a snapshot of another: the same messages, ids and order")
  void restores() {
    var first = say("a", "hello", 3);
    say("b", "who is there?", 7);
    var other = new Chat();

    other.restore(chat.snapshot());

    assertThat(other.snapshot()).isEqualTo(chat.snapshot());
    assertThat(other.apply(post("a", "hello"), new At(9))).isEqualTo(new Chat.Posted(first));
  }

  @Test
  @DisplayName("gives snapshots that later messages do not change")
  void snapshotsAreValues() {
    say("a", "hello", 3);
    var snapshot = chat.snapshot();

    say("b", "who is there?", 7);

    assertThat(snapshot.messages()).hasSize(1);
  }

  private Message say(String id, String text, long index) {
    return ((Chat.Posted) chat.apply(post(id, text), new At(index))).message();
  }

  private List<Message> recent(long after) {
    return ((Chat.History) chat.query(new Chat.Recent(after))).messages();
  }

  private static Chat.Post post(String id, String text) {
    return new Chat.Post(id, "ann", text, 1_700_000_000_000L);
  }
}
