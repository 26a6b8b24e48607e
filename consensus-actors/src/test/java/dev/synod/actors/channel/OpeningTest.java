package dev.synod.actors.channel;

import static dev.synod.actors.channel.ChannelFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A connection to another node")
class OpeningTest {

  private static final ChannelFixture FIXTURE = new ChannelFixture();
  private static final int SILENCE_SECONDS = 5;

  private final AtomicInteger reports = new AtomicInteger();
  private final Link link = new Link(FIXTURE.frames, FIXTURE.resolver, new CountedChannels(), 8);
  private EmbeddedChannel channel;

  @BeforeEach
  void connect() {
    channel = new EmbeddedChannel();
    channel.freezeTime();
    channel
        .pipeline()
        .addLast(
            new IdleStateHandler(SILENCE_SECONDS, 0, 0, TimeUnit.SECONDS),
            new Opening(SECRET, link, reports::incrementAndGet));
    channel.pipeline().fireChannelActive();
  }

  @AfterEach
  void close() {
    link.closed(channel);
    channel.finishAndReleaseAll();
  }

  @AfterAll
  static void stop() {
    FIXTURE.close();
  }

  @Test
  @DisplayName("begins with the secret, then gives a sign of life every second")
  void says() {
    assertThat(channel.<ByteBuf>readOutbound()).isEqualTo(ChannelFixture.greeting(SECRET));
    for (int second = 0; second < SILENCE_SECONDS; second++) {
      assertThat(channel.<ByteBuf>readOutbound()).isEqualTo(signOfLife());
      assertThat(channel.<ByteBuf>readOutbound()).isNull();
      pass(1);
    }
  }

  @Test
  @DisplayName("is open once the other side has let it in, which is reported once")
  void opens() {
    assertThat(link.isOpen()).isFalse();
    channel.writeInbound(signOfLife());
    channel.writeInbound(signOfLife());

    assertThat(link.isOpen()).isTrue();
    assertThat(reports).hasValue(1);
    assertThat(channel.<Object>readInbound()).isNull();
  }

  @Test
  @DisplayName("never opens if the other side says nothing, and is closed")
  void stranger() {
    pass(SILENCE_SECONDS - 1);
    assertThat(channel.isOpen()).isTrue();
    pass(1);

    assertThat(channel.isOpen()).isFalse();
    assertThat(reports).hasValue(0);
  }

  @Test
  @DisplayName("is closed when the other side falls silent, and not while it gives signs of life")
  void silence() {
    for (int second = 0; second < 3 * SILENCE_SECONDS; second++) {
      channel.writeInbound(signOfLife());
      pass(1);
    }
    assertThat(channel.isOpen()).isTrue();

    pass(SILENCE_SECONDS);
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.runScheduledPendingTasks())
        .as("until the next task; there is none")
        .isEqualTo(-1);
  }

  @Test
  @DisplayName("is closed when it fails")
  void fails() {
    channel.pipeline().fireExceptionCaught(new IOException("reset by peer"));

    assertThat(channel.isOpen()).isFalse();
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  private static ByteBuf signOfLife() {
    return Unpooled.buffer().writeInt(Frames.SIGN_OF_LIFE);
  }
}
