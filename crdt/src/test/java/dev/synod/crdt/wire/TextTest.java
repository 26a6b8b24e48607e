package dev.synod.crdt.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.synod.core.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Text")
class TextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "cart/7", "Käse", "\u20AC", "\uD83D\uDE00", "\uFFFD", "a\uFFFDb"})
  @DisplayName("is read as it was written")
  void roundTrips(String text) {
    assertThat(Codec.text().decode(Codec.text().encode(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xD83D, 0xDE00})
  @DisplayName("with half a surrogate pair is not written")
  void halfPairs(int half) {
    for (String text : new String[] {(char) half + "", (char) half + "x", "\uDE00\uD83D"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Codec.text().encode(text));
    }
  }

  @Test
  @DisplayName("is read if the JDK's strict decoder reads it, and only then")
  void strict() {
    int refused = 0;
    for (long seed = 1; seed <= 20_000; seed++) {
      var random = new Random(seed);
      byte[] utf8 = new byte[random.nextInt(6)];
      for (int i = 0; i < utf8.length; i++) {
        int[] likely = {0x41, 0xC3, 0xBC, 0xEF, 0xBF, 0xBD, 0xF0, 0x9F, random.nextInt(256)};
        utf8[i] = (byte) likely[random.nextInt(likely.length)];
      }
      var writer = new CrdtWriter();
      writer.block(Bytes.wrap(utf8));
      var bytes = writer.toBytes();

      try {
        var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        assertThat(Codec.text().decode(bytes)).as("seed %d", seed).isEqualTo(text);
      } catch (CharacterCodingException e) {
        refused++;
        assertThatIllegalArgumentException()
            .as("seed %d", seed)
            .isThrownBy(() -> Codec.text().decode(bytes));
      }
    }
    assertThat(refused).isBetween(1000, 19_000);
  }
}
