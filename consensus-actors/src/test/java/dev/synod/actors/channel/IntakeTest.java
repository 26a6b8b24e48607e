package dev.synod.actors.channel;

import static dev.synod.actors.channel.ChannelFixture.SECRET;
import static dev.synod.actors.channel.ChannelFixture.SETTINGS;
import static dev.synod.actors.channel.ChannelFixture.greeting;
import static dev.synod.actors.channel.ChannelFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.WireMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.PoisonPill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What comes in on a channel")
class IntakeTest {

  private static final ChannelFixture FIXTURE = new ChannelFixture();

  private EmbeddedChannel channel;

  @BeforeEach
  void connect() {
    channel = new EmbeddedChannel();
    channel.freezeTime();
    channel.pipeline().addLast(new Intake(FIXTURE.frames, SECRET, FIXTURE.resolver, SETTINGS));
    channel.pipeline().fireChannelActive();
  }

  @AfterEach
  void close() {
    FIXTURE.assertNothingReceived();
    channel.finishAndReleaseAll();
  }

  @AfterAll
  static void stop() {
    FIXTURE.close();
  }

  @Test
  @DisplayName("gets to its actor, in order, however the bytes are cut")
  void delivered() {
    var all =
        Unpooled.wrappedBuffer(
            greeting(SECRET), FIXTURE.frame(message(1)), signOfLife(), FIXTURE.frame(message(2)));
    while (all.isReadable()) {
      channel.writeInbound(all.readBytes(Math.min(5, all.readableBytes())));
    }
    channel.writeInbound(
        Unpooled.wrappedBuffer(FIXTURE.frame(message(3)), FIXTURE.frame(message(4))));

    for (long number = 1; number <= 4; number++) {
      assertThat(FIXTURE.received()).isEqualTo(message(number));
    }
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  @DisplayName("is answered by signs of life from the greeting on, and not before")
  void answered() {
    channel.advanceTimeBy(3, TimeUnit.SECONDS);
    channel.runPendingTasks();
    assertThat(channel.<ByteBuf>readOutbound()).isNull();

    channel.writeInbound(greeting(SECRET));
    assertThat(channel.<ByteBuf>readOutbound()).isEqualTo(signOfLife());
    assertThat(channel.<ByteBuf>readOutbound()).isNull();
  }

  @Test
  @DisplayName("is not looked at if it begins with another secret, whatever follows")
  void wrongSecret() {
    channel.writeInbound(
        Unpooled.wrappedBuffer(
            greeting(new UUID(1, 2)), greeting(SECRET), FIXTURE.frame(message(1))));
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.<ByteBuf>readOutbound()).isNull();
  }

  @Test
  @DisplayName("is not looked at if it is another protocol's")
  void garbage() {
    channel.writeInbound(
        Unpooled.copiedBuffer("GET / HTTP/1.1\r\nHost: here\r\n\r\n", StandardCharsets.US_ASCII));

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  @DisplayName("must say the secret soon, even if it says some of it again and again")
  void lateGreeting() {
    var greeting = greeting(SECRET);
    for (int i = 0; i < 4; i++) {
      channel.writeInbound(greeting.readBytes(1));
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
    }
    assertThat(channel.isOpen()).isTrue();

    channel.advanceTimeBy(SETTINGS.silenceMax().toSeconds() - 4, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  @DisplayName("may go on for as long as it likes after its greeting")
  void greetedInTime() {
    channel.writeInbound(greeting(SECRET));
    channel.advanceTimeBy(10 * SETTINGS.silenceMax().toSeconds(), TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();

    assertThat(channel.isOpen()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, ChannelFixture.FRAME_BYTES_MAX + 1})
  @DisplayName("ends with a frame of an absurd length, before any of it is kept")
  void absurdLength(int length) {
    channel.writeInbound(greeting(SECRET));
    channel.writeInbound(Unpooled.buffer().writeInt(length));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  @DisplayName("ends with a frame that can't be one; those before count, those behind don't")
  void noFrame() {
    channel.writeInbound(
        Unpooled.wrappedBuffer(
            greeting(SECRET),
            FIXTURE.frame(message(1)),
            Unpooled.buffer().writeInt(7).writeInt(1).writeByte(-1).writeShort(0),
            FIXTURE.frame(message(2))));

    assertThat(FIXTURE.received()).isEqualTo(message(1));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  @DisplayName("is dropped if it can't be read, and what follows is not")
  void unreadable() {
    var bad = FIXTURE.frame(message(1));
    bad.writerIndex(bad.writerIndex() - 1).setInt(0, bad.readableBytes() - Integer.BYTES);
    channel.writeInbound(Unpooled.wrappedBuffer(greeting(SECRET), bad, FIXTURE.frame(message(2))));

    assertThat(FIXTURE.received()).isEqualTo(message(2));
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  @DisplayName("is dropped if it is no message between nodes, even if Pekko could read it")
  void foreignMessage() {
    channel.writeInbound(
        Unpooled.wrappedBuffer(
            greeting(SECRET), FIXTURE.frame(PoisonPill.getInstance()), FIXTURE.frame(message(2))));

    assertThat(FIXTURE.received()).isEqualTo(message(2));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        "/user/../system/x",
        "pekko://channels/user/nobody",
        "pekko://channels/user/../../etc",
        "pekko://channels/user/a b%zz",
        "pekko://another@10.0.0.1:1/user/x",
        "file:///etc/passwd",
        "pekko://channels@::::/",
      })
  @DisplayName("is dropped if it is for nobody here, and what follows is not")
  void unknownActor(String path) {
    channel.writeInbound(
        Unpooled.wrappedBuffer(
            greeting(SECRET),
            ChannelFixture.bytes(
                out -> FIXTURE.frames.put(out, path.getBytes(StandardCharsets.UTF_8), message(1))),
            FIXTURE.frame(message(2))));

    assertThat(FIXTURE.received()).isEqualTo(message(2));
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  @DisplayName("gets to the actor that has that path now, not to its predecessor")
  void successor() {
    channel.writeInbound(Unpooled.wrappedBuffer(greeting(SECRET), FIXTURE.frame(message(1))));
    assertThat(FIXTURE.received()).isEqualTo(message(1));

    var first = FIXTURE.kit.<WireMessage>createTestProbe("successor");
    byte[] path =
        new String(FIXTURE.path(first.ref()), StandardCharsets.UTF_8)
            .replaceAll("#.*", "")
            .getBytes(StandardCharsets.UTF_8);
    channel.writeInbound(ChannelFixture.bytes(out -> FIXTURE.frames.put(out, path, message(2))));
    first.expectMessage(message(2));
  }

  private static ByteBuf signOfLife() {
    return Unpooled.buffer().writeInt(Frames.SIGN_OF_LIFE);
  }
}
