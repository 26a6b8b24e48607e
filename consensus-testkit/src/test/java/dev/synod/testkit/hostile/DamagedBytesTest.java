package dev.synod.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Good bytes, damaged by a seed,")
class DamagedBytesTest {

  private static final int SEEDS = 4;
  private static final int ROUNDS = 500;

  static Stream<Arguments> all() throws IOException {
    return Stream.of(
            of("client", WireFuzzTest.CLIENT.seeds(), WireFuzzTest.CLIENT.decoder()),
            of("control", WireFuzzTest.CONTROL.seeds(), WireFuzzTest.CONTROL.decoder()),
            of("raft", WireFuzzTest.RAFT.seeds(), WireFuzzTest.RAFT.decoder()),
            of("peers", ReplicatedFuzzTest.peerMessages(), ReplicatedFuzzTest.PEERS.decoder()),
            of("message", ReplicatedFuzzTest.messages(), ReplicatedFuzzTest.MESSAGE),
            of("value", ReplicatedFuzzTest.values(), ReplicatedFuzzTest.VALUE),
            of("channel", ChannelFuzzTest.frames(), ChannelFuzzTest.FRAME),
            of(
                "configuration",
                KeptValuesFuzzTest.configurations(),
                KeptValuesFuzzTest.CONFIGURATION),
            of("description", KeptValuesFuzzTest.descriptions(), KeptValuesFuzzTest.DESCRIPTION),
            of("term", KeptValuesFuzzTest.terms(), KeptValuesFuzzTest.TERM),
            of("command", KeptValuesFuzzTest.commands(), KeptValuesFuzzTest.COMMAND),
            of("sessions", KeptValuesFuzzTest.endedSessions(), KeptValuesFuzzTest.SESSIONS),
            of("snapshot", KeptValuesFuzzTest.snapshots(), KeptValuesFuzzTest.SNAPSHOT),
            of("segment", DiskFuzzTest.segments(), DiskFuzzTest.SEGMENT),
            of("snapshot file", DiskFuzzTest.snapshotFiles(), DiskFuzzTest.SNAPSHOT_FILE),
            of("identity", DiskFuzzTest.identities(), DiskFuzzTest.IDENTITY))
        .flatMap(some -> some);
  }

  private static Stream<Arguments> of(String name, Stream<byte[]> good, Decoder decoder) {
    return good.map(bytes -> Arguments.of(name, bytes, decoder));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("are refused in words, and take no more memory than good ones")
  void damaged(String name, byte[] good, Decoder decoder) {
    assertThat(decoder.judge(good)).as("good bytes of %s are accepted", name).isTrue();
    for (long seed = 1; seed <= SEEDS; seed++) {
      HostileBytes.attack(good, seed, ROUNDS, decoder);
    }
  }

  @Test
  @DisplayName("are found out if a decoder believes a length, or fails in another way")
  void careless() {
    byte[] good = new byte[40];

    assertThatThrownBy(() -> HostileBytes.attack(good, 1, ROUNDS, DamagedBytesTest::believes))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bytes allocated");
    assertThatThrownBy(() -> HostileBytes.attack(good, 1, ROUNDS, bytes -> bytes[39]))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ArrayIndexOutOfBounds");
  }

  private static Object believes(byte[] bytes) throws IOException {
    if (bytes.length < 4) {
      throw new IOException("too short");
    }
    int length = java.nio.ByteBuffer.wrap(bytes).getInt(0);
    return new byte[Math.max(0, length) % (64 << 20)];
  }
}
