package dev.synod.actors.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.SessionLimits;
import dev.synod.core.StoreId;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A group's description on disk")
class GroupDescriptionTest {

  private static final GroupDescription SAMPLE =
      new GroupDescription(
          "raft",
          new Founded(
              0x0102030405060708L,
              new Configuration(List.of(new Member(StoreId.of(1), new NodeAddress("n", "a")))),
              new SessionLimits(258, 5)));

  @Test
  @DisplayName("is laid out as documented, byte for byte, and stays so")
  void layoutIsFixed() {
    var layout =
        "01"
            + "04"
            + "72616674"
            + "0102030405060708"
            + "00000102"
            + "00000005"
            + "03"
            + "0000000000000001"
            + "00"
            + "01"
            + "0000000000000000"
            + "0000000000000001"
            + "01"
            + "00016e"
            + "000161";

    assertThat(HexFormat.of().formatHex(SAMPLE.encode().toArray())).isEqualTo(layout);
    assertThat(GroupDescription.decode(Bytes.wrap(HexFormat.of().parseHex(layout))))
        .isEqualTo(SAMPLE);
  }

  @Test
  @DisplayName("is refused wherever it is cut")
  void cutsAreRefused() {
    byte[] whole = SAMPLE.encode().toArray();

    for (int length = 0; length < whole.length; length++) {
      var cut = Bytes.wrap(whole, 0, length);
      assertThatThrownBy(() -> GroupDescription.decode(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("with a flipped bit is a description or a refusal, nothing else")
  void flippedBits(int seed) {
    var random = new Random(seed);
    byte[] bytes = SAMPLE.encode().toArray().clone();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

    try {
      assertThat(GroupDescription.decode(Bytes.wrap(bytes))).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(?s).{10,}");
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }
}
