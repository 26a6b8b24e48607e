package dev.synod.paxos;

import static dev.synod.paxos.PaxosFixture.THREE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.StoreId;
import dev.synod.paxos.rules.Lines;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.Threshold;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Flexible Paxos (Howard, Malkhi, Spiegelman 2016): quorums of the two phases")
class QuorumsTest {

  private static List<StoreId> acceptors(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(StoreId::of).toList();
  }

  @Test
  @DisplayName("of any sizes that are more than all together")
  void sizes() {
    for (int count = 1; count <= 6; count++) {
      for (int prepare = 1; prepare <= count; prepare++) {
        for (int accept = 1; accept <= count; accept++) {
          var members = acceptors(count);
          int one = prepare;
          int other = accept;
          if (prepare + accept > count) {
            assertThatCode(() -> Quorums.of(members, one, other)).doesNotThrowAnyException();
          } else {
            assertThatThrownBy(() -> Quorums.of(members, one, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must share an acceptor");
          }
        }
      }
    }
  }

  @Test
  @DisplayName("that have nobody in common are named")
  void namesThem() {
    assertThatThrownBy(() -> Quorums.of(acceptors(4), 2, 2))
        .hasMessageContaining("[s1, s2] can promise and all others can accept");
  }

  @Test
  @DisplayName("a size beyond the members is refused")
  void impossible() {
    assertThatThrownBy(() -> new Threshold(THREE, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a quorum of 4 of 3 members");
    assertThatThrownBy(() -> new Threshold(THREE, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("as rows and columns of a grid")
  void grid() {
    var rows = new Lines(List.of(acceptors(6).subList(0, 3), acceptors(6).subList(3, 6)));
    var columns =
        new Lines(
            List.of(
                List.of(StoreId.of(1), StoreId.of(4)),
                List.of(StoreId.of(2), StoreId.of(5)),
                List.of(StoreId.of(3), StoreId.of(6))));

    assertThat(new Quorums(rows, columns).members()).isEqualTo(acceptors(6));
    assertThatThrownBy(() -> new Quorums(rows, rows)).hasMessageContaining("share an acceptor");
  }

  @Test
  @DisplayName("of more acceptors than can be compared are refused")
  void tooMany() {
    assertThatThrownBy(() -> Quorums.majorities(acceptors(Quorums.COMPARED_MAX + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("21 acceptors");
  }

  @Test
  @DisplayName("a threshold's agreed value is what so many have reached")
  void agreedValue() {
    assertThat(
            new Threshold(acceptors(4), 3).agreedValue(one -> one.uuid().getLeastSignificantBits()))
        .isEqualTo(2);
  }
}
