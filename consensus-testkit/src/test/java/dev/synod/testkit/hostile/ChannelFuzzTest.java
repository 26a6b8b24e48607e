package dev.synod.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.synod.actors.channel.Frames;
import dev.synod.actors.message.WireMessage;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Hostile bytes on a channel are refused in words")
class ChannelFuzzTest {

  static final Decoder FRAME = ChannelFuzzTest::decode;

  private static final int FRAME_BYTES_MAX = 512 * 1024;
  private static final String PATH = "pekko://shop@10.0.0.1:7355/user/ann#17";

  /** The golden messages, each for some actor. */
  static Stream<byte[]> frames() {
    return Stream.of(WireFuzzTest.CLIENT, WireFuzzTest.CONTROL, WireFuzzTest.RAFT)
        .flatMap(
            decoders -> decoders.golden().stream().map(one -> laid(decoders.serializer(), one)));
  }

  private static byte[] laid(int serializer, GoldenMessage message) {
    byte[] path = PATH.getBytes(StandardCharsets.UTF_8);
    byte[] manifest = message.manifest().getBytes(StandardCharsets.UTF_8);
    return ByteBufUtil.getBytes(
        Unpooled.buffer()
            .writeInt(serializer)
            .writeByte(manifest.length)
            .writeBytes(manifest)
            .writeShort(path.length)
            .writeBytes(path)
            .writeBytes(message.bytes()));
  }

  @MethodSource("frames")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void frame(byte[] bytes) {
    FRAME.judge(bytes);
  }

  /** What is accepted means the same to those to whom it is passed on. */
  private static Object decode(byte[] bytes) throws NotSerializableException {
    var frames = new Frames(WireDecoders.serialization(), FRAME_BYTES_MAX);
    var accepted = frames.take(Unpooled.wrappedBuffer(bytes));
    if (accepted.message() instanceof WireMessage) {
      byte[] again = again(frames, accepted);
      var second = frames.take(Unpooled.wrappedBuffer(again));
      assertThat(second.path()).isEqualTo(accepted.path());
      assertThat(again(frames, second)).isEqualTo(again);
    }
    return accepted;
  }

  /** Without the length. */
  private static byte[] again(Frames frames, Frames.Delivery delivery) {
    var out = Unpooled.buffer();
    frames.put(out, delivery.path().getBytes(StandardCharsets.UTF_8), delivery.message());
    assertThat(out.readInt()).isEqualTo(out.readableBytes());
    return ByteBufUtil.getBytes(out);
  }
}
