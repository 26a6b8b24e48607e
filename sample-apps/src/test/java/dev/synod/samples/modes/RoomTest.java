package dev.synod.samples.modes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.GSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A chat room that is replicated data")
class RoomTest {

  private static final Line QUESTION = new Line(7, 0, "ann", "Who?");
  private static final Line ANSWER = new Line(8, 7, "bob", "I.");

  @Test
  @DisplayName("gives each node ids of its own, above all that the node has seen")
  void ids() {
    var room = GSet.<Line>empty();
    assertThat(Room.nextId(room, 0, 3)).isEqualTo(3);
    assertThat(Room.nextId(room, 1, 3)).isEqualTo(1);
    assertThat(Room.nextId(room, 2, 3)).isEqualTo(2);

    room = room.add(QUESTION);
    assertThat(Room.nextId(room, 0, 3)).isEqualTo(9);
    assertThat(Room.nextId(room, 1, 3)).isEqualTo(10);
    assertThat(Room.nextId(room, 2, 3)).isEqualTo(8);
  }

  @Test
  @DisplayName("finds answers without their question, and orders them after it")
  void questions() {
    var answered = GSet.of(ANSWER);
    assertThat(Room.withoutQuestion(answered)).containsExactly(ANSWER);

    var both = answered.merge(GSet.of(QUESTION));
    assertThat(Room.withoutQuestion(both)).isEmpty();
    assertThat(Room.lines(both)).containsExactly(QUESTION, ANSWER);
  }

  @Test
  @DisplayName("reads as it was written")
  void roundTrip() {
    var room = GSet.of(QUESTION).merge(GSet.of(ANSWER));
    var codec = Room.ROOMS.codec();

    assertThat(codec.decode(codec.encode(room)).elements()).isEqualTo(room.elements());
  }
}
