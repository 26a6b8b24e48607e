package dev.synod.testkit.hostile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.synod.actors.wire.ClientSerializer;
import dev.synod.actors.wire.KryoControlSerializer;
import dev.synod.paxos.actor.RegisterSerializer;
import dev.synod.paxos.actor.multi.SlotSerializer;
import dev.synod.raft.actor.RaftSerializer;
import dev.synod.zab.actor.ZabSerializer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Hostile bytes between nodes are refused in words")
class WireFuzzTest {

  static final WireDecoders CLIENT =
      WireDecoders.of(
          ClientSerializer.IDENTIFIER, "consensus-actors/src/test/resources/wire/client.txt");
  static final WireDecoders CONTROL =
      WireDecoders.of(
          KryoControlSerializer.IDENTIFIER, "consensus-actors/src/test/resources/wire/control.txt");
  static final WireDecoders RAFT =
      WireDecoders.of(RaftSerializer.IDENTIFIER, "consensus-raft/src/test/resources/wire/raft.txt");
  static final WireDecoders SLOTS =
      WireDecoders.of(
          SlotSerializer.IDENTIFIER, "consensus-paxos/src/test/resources/wire/slots.txt");
  static final WireDecoders REGISTERS =
      WireDecoders.of(
          RegisterSerializer.IDENTIFIER, "consensus-paxos/src/test/resources/wire/registers.txt");

  static final WireDecoders ZAB =
      WireDecoders.of(ZabSerializer.IDENTIFIER, "consensus-zab/src/test/resources/wire/zab.txt");

  static Stream<byte[]> clientMessages() {
    return CLIENT.seeds();
  }

  static Stream<byte[]> controlMessages() {
    return CONTROL.seeds();
  }

  static Stream<byte[]> raftMessages() {
    return RAFT.seeds();
  }

  static Stream<byte[]> slotMessages() {
    return SLOTS.seeds();
  }

  static Stream<byte[]> registerMessages() {
    return REGISTERS.seeds();
  }

  static Stream<byte[]> zabMessages() {
    return ZAB.seeds();
  }

  @MethodSource("clientMessages")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void client(byte[] bytes) {
    CLIENT.decoder().judge(bytes);
  }

  @MethodSource("controlMessages")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void control(byte[] bytes) {
    CONTROL.decoder().judge(bytes);
  }

  @MethodSource("raftMessages")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void raft(byte[] bytes) {
    RAFT.decoder().judge(bytes);
  }

  @MethodSource("slotMessages")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void slots(byte[] bytes) {
    SLOTS.decoder().judge(bytes);
  }

  @MethodSource("registerMessages")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void registers(byte[] bytes) {
    REGISTERS.decoder().judge(bytes);
  }

  @MethodSource("zabMessages")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void zab(byte[] bytes) {
    ZAB.decoder().judge(bytes);
  }
}
