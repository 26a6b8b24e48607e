package dev.synod.paxos.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.wire.WireSerializer;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What holds for every serializer of messages between nodes. */
public final class WireChecks {

  private WireChecks() {}

  /** The stored messages by name, each as manifest and bytes. */
  public static Map<String, String> golden(String resource) throws IOException {
    try (var in = Objects.requireNonNull(WireChecks.class.getResourceAsStream(resource))) {
      return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }
  }

  /** The message has the bytes that are stored, and comes back from them. */
  public static void isStoredAs(String golden, Object message, WireSerializer serializer)
      throws NotSerializableException {
    var manifest = serializer.manifest(message);
    byte[] bytes = serializer.toBinary(message);

    assertThat(manifest + " " + HexFormat.of().formatHex(bytes)).isEqualTo(golden);
    assertThat(serializer.fromBinary(bytes, manifest)).isEqualTo(message);
  }

  /** It is refused if it ends too early or goes on too long. */
  public static void hasOneLength(Object message, WireSerializer serializer) {
    var manifest = serializer.manifest(message);
    byte[] bytes = serializer.toBinary(message);

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> serializer.fromBinary(cut, manifest))
          .as("its first %s bytes", length)
          .isInstanceOf(NotSerializableException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> serializer.fromBinary(longer, manifest))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("1 bytes follow");
  }

  /** These bytes are refused in words. */
  public static void isRefused(
      String why, byte[] bytes, String manifest, WireSerializer serializer) {
    assertThatThrownBy(() -> serializer.fromBinary(bytes, manifest))
        .isInstanceOf(NotSerializableException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
