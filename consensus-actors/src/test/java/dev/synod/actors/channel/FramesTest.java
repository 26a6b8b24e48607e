package dev.synod.actors.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.message.NodeMessage.Located;
import dev.synod.actors.message.WireMessage;
import dev.synod.core.GroupId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.NotSerializableException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Frames on a channel")
class FramesTest {

  private static final ChannelFixture FIXTURE = new ChannelFixture();
  private static final Frames FRAMES = FIXTURE.frames;

  private record Unregistered() implements WireMessage {}

  @AfterAll
  static void stop() {
    FIXTURE.close();
  }

  @Test
  @DisplayName("carry messages of each kind of serializer, one behind the other")
  void roundTrip() throws Exception {
    var out = Unpooled.buffer();
    var control = new Located(new GroupId("chat"), Optional.empty());
    FRAMES.put(out, FIXTURE.path(FIXTURE.probe.ref()), control);
    FRAMES.put(out, FIXTURE.path(FIXTURE.probe.ref()), ChannelFixture.message(1));

    assertThat(next(out).message()).isEqualTo(control);
    var second = next(out);
    assertThat(second.message()).isEqualTo(ChannelFixture.message(1));
    assertThat(FIXTURE.resolver.<Object>resolveActorRef(second.path()))
        .isEqualTo(FIXTURE.probe.ref());
    assertThat(out.isReadable()).isFalse();
  }

  @ParameterizedTest(name = "of {0} bytes")
  @ValueSource(ints = {3_000, 5_000, 70_000, 255_000})
  @DisplayName("find room for a message")
  void growing(int bytes) throws Exception {
    var message = FIXTURE.large(bytes);
    var out = Unpooled.directBuffer(16);
    FRAMES.put(out, FIXTURE.path(FIXTURE.probe.ref()), message);

    assertThat(next(out).message()).isEqualTo(message);
    out.release();
  }

  @Test
  @DisplayName("take no message that is too large, and leave nothing of it")
  void tooLarge() {
    var out = Unpooled.buffer().writeInt(1);
    var tight = new Frames(SerializationExtension.get(FIXTURE.kit.system()), 60);
    byte[] path = FIXTURE.path(FIXTURE.probe.ref());

    for (Object message :
        new Object[] {
          FIXTURE.large(ChannelFixture.FRAME_BYTES_MAX),
          new Located(new GroupId("x".repeat(40)), Optional.empty())
        }) {
      var frames = message instanceof Located ? tight : FRAMES;
      assertThatThrownBy(() -> frames.put(out, path, message))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(message.getClass().getSimpleName())
          .hasMessageContaining(" bytes of a frame");
    }
    assertThat(out.readableBytes()).isEqualTo(Integer.BYTES);
  }

  @Test
  @DisplayName("take no message without a codec, nor one for an absurd path, and leave nothing")
  void notSent() {
    var out = Unpooled.buffer();

    assertThatThrownBy(() -> FRAMES.put(out, new byte[1], new Unregistered()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unregistered");
    assertThatThrownBy(
            () -> FRAMES.put(out, new byte[Short.MAX_VALUE + 1], ChannelFixture.message(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("path");
    assertThat(out.readableBytes()).isZero();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "00, too short for a serializer",
    "0000000180, a manifest's length below zero",
    "000000010541, a manifest that is cut off",
    "0000000100ffff, a path's length below zero",
    "00000001007fff41, a path that is cut off",
    "000000010000, a path's length that is cut off",
  })
  @DisplayName("that can't be any are refused")
  void noFrames(String hex, String why) {
    var frame = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));

    assertThatThrownBy(() -> FRAMES.take(frame))
        .as(why)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("a (frame|text).*");
  }

  @Test
  @DisplayName("with a message that can't be read say whose and why")
  void unreadable() {
    var frame = Unpooled.buffer().writeInt(12_345_678).writeByte(0).writeShort(1).writeByte('p');

    assertThatThrownBy(() -> FRAMES.take(frame))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("12345678")
        .hasMessageContaining("for p ");
  }

  @Test
  @DisplayName("begin with a greeting, every bit of which counts")
  void greeting() {
    var good = ChannelFixture.greeting(ChannelFixture.SECRET);
    assertThat(Frames.takeGreeting(good.duplicate(), ChannelFixture.SECRET)).isTrue();
    assertThat(Frames.takeGreeting(good.duplicate(), new UUID(0, -77))).isFalse();

    for (int bit = 0; bit < Byte.SIZE * Frames.GREETING_BYTES; bit++) {
      var wrong = good.copy();
      int at = bit / Byte.SIZE;
      wrong.setByte(at, wrong.getByte(at) ^ (1 << (bit % Byte.SIZE)));
      assertThat(Frames.takeGreeting(wrong, ChannelFixture.SECRET)).isFalse();
    }
  }

  private static Frames.Delivery next(ByteBuf in) throws NotSerializableException {
    return FRAMES.take(in.readSlice(in.readInt()));
  }
}
