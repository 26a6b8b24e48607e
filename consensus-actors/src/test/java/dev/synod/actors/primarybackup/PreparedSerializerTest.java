package dev.synod.actors.primarybackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.NotSerializableException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("In logs and snapshots")
class PreparedSerializerTest {

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "prepared",
          ConfigFactory.parseResources("synod-serialization.conf")
              .withFallback(ConfigFactory.load()));

  private static final Ticket TICKET = new Ticket(7, 1, 300);
  private static final String TICKET_BYTES =
      "0000000000000007" + "0000000000000001" + "000000000000012c";

  /** Serializer 20 is Pekko's, for strings. */
  private static final String DONE = "00000014" + "0000" + "00000004" + "646f6e65";

  private static final String ALL = "00000014" + "0000" + "00000003" + "616c6c";
  private static final String NO = "0002" + "6e6f";

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static SerializerWithStringManifest serializer() throws NotSerializableException {
    return (SerializerWithStringManifest)
        SerializationExtension.get(KIT.system()).serializerFor(Transaction.class);
  }

  static Stream<Arguments> stored() {
    return Stream.of(
        Arguments.of(
            new Transaction(TICKET, Optional.of("done"), ""), "T", TICKET_BYTES + "01" + DONE),
        Arguments.of(
            new Transaction(TICKET, Optional.empty(), "no"), "T", TICKET_BYTES + "00" + NO),
        Arguments.of(new PreparedState(TICKET, "all"), "S", TICKET_BYTES + ALL));
  }

  @ParameterizedTest(name = "{1}, {2}")
  @MethodSource("stored")
  @DisplayName("what was prepared has the bytes that are stored, and comes back from them")
  void goldenBytes(Object value, String manifest, String hex) throws Exception {
    var bytes = serializer().toBinary(value);

    assertThat(serializer().manifest(value)).isEqualTo(manifest);
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
    assertThat(serializer().fromBinary(HexFormat.of().parseHex(hex), manifest)).isEqualTo(value);
  }

  @Test
  @DisplayName("bytes that can't be right are refused")
  void refused() throws Exception {
    var negative = HexFormat.of().parseHex("ff".repeat(8) + "00".repeat(17));

    assertThatThrownBy(() -> serializer().fromBinary(negative, "T"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("an epoch");
    assertThatThrownBy(() -> serializer().fromBinary(new byte[30], "X"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer().fromBinary(new byte[5], "S"))
        .isInstanceOf(NotSerializableException.class);
  }
}
