package dev.synod.actors.channel;

import static dev.synod.actors.channel.ChannelFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.actors.message.WireMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The way to another node")
class LinkTest {

  private static final ChannelFixture FIXTURE = new ChannelFixture();

  private final CountedChannels meters = new CountedChannels();
  private final Link link = new Link(FIXTURE.frames, FIXTURE.resolver, meters, 8);
  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  private record Unregistered() implements WireMessage {}

  /** A connection that any thread may write to. */
  private static final class OpenToAll extends EmbeddedChannel implements Direct {

    private final ByteBuf taken = Unpooled.buffer();
    private Runnable meanwhile = () -> {};
    private int room = Integer.MAX_VALUE;
    private boolean gone;

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (gone) {
        throw new ClosedChannelException();
      }
      int count = Math.min(room, bytes.remaining());
      taken.writeBytes(bytes.limit(bytes.position() + count));
      var once = meanwhile;
      meanwhile = () -> {};
      once.run();
      return count;
    }

    /** What went through the connection follows what was written directly. */
    void takeRest() {
      for (ByteBuf out = readOutbound(); out != null; out = readOutbound()) {
        taken.writeBytes(out);
        out.release();
      }
    }

    List<Long> takenDirectly() throws NotSerializableException {
      return numbers(taken);
    }
  }

  @AfterEach
  void nothingIsLeft() {
    channels.forEach(
        channel -> {
          link.closed(channel);
          channel.finishAndReleaseAll();
        });
    assertThat(memory.metric().usedDirectMemory()).isZero();
    assertThat(meters.open()).isZero();
  }

  @AfterAll
  static void stop() {
    FIXTURE.close();
  }

  @Test
  @DisplayName("is not opened by a connection that is closed by then")
  void closedBefore() {
    var gone = new EmbeddedChannel();
    gone.close().syncUninterruptibly();

    link.opened(gone);

    assertThat(link.isOpen()).isFalse();
  }

  @Test
  @DisplayName("is not taken before it is open, and remembers that somebody asked")
  void closedAtFirst() {
    assertThat(link.takeWanted()).isTrue();
    assertThat(link.takeWanted()).isFalse();
    assertThat(send(1)).isFalse();

    assertThat(link.takeWanted()).isTrue();
    assertThat(link.takeWanted()).isFalse();
  }

  @Test
  @DisplayName("takes all that has gathered with one write, in order")
  void gathers() throws Exception {
    var channel = open();
    for (int i = 1; i <= 3; i++) {
      assertThat(send(i)).isTrue();
    }
    assertThat(channel.outboundMessages()).isEmpty();
    channel.runPendingTasks();

    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(written(channel)).containsExactly(1L, 2L, 3L);
    send(4);
    channel.runPendingTasks();
    assertThat(written(channel)).containsExactly(4L);
  }

  @Test
  @DisplayName("loses what has gathered when it closes, and nothing that is sent later")
  void closes() throws Exception {
    var first = open();
    send(1);
    link.closed(first);
    assertThat(send(2)).isFalse();

    var second = open();
    send(3);
    first.runPendingTasks();
    second.runPendingTasks();
    assertThat(first.outboundMessages()).isEmpty();
    assertThat(written(second)).containsExactly(3L);
  }

  @Test
  @DisplayName("goes on by the newer of two connections, and is not closed with the older one")
  void twoConnections() throws Exception {
    var first = open();
    send(1);
    var second = open();
    assertThat(meters.open()).isEqualTo(1);
    send(2);
    link.closed(first);
    first.runPendingTasks();
    second.runPendingTasks();

    assertThat(written(second)).containsExactly(2L);
    assertThat(link.isOpen()).isTrue();
  }

  @Test
  @DisplayName("drops and counts what a connection can't take, until it can again")
  void unwritable() throws Exception {
    var channel = open();
    var queue = channel.unsafe().outboundBuffer();
    queue.setUserDefinedWritability(1, false);
    assertThat(send(1)).isTrue();
    assertThat(send(2)).isTrue();
    assertThat(meters.drops()).isEqualTo(2);

    queue.setUserDefinedWritability(1, true);
    send(3);
    channel.runPendingTasks();
    assertThat(written(channel)).containsExactly(3L);
  }

  @Test
  @DisplayName("drops and counts what comes while too much has gathered")
  void gatheredTooMuch() {
    var channel = open();
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1_000, 2_000));
    link.send(FIXTURE.probe.ref(), FIXTURE.large(3_000));
    send(1);
    assertThat(meters.drops()).isEqualTo(1);

    channel.runPendingTasks();
    send(2);
    assertThat(meters.drops()).isEqualTo(1);
  }

  @Test
  @DisplayName("is no worse for a message that can't be sent")
  void unsendable() throws Exception {
    var channel = open();
    assertThatThrownBy(() -> link.send(FIXTURE.probe.ref(), new Unregistered()))
        .isInstanceOf(IllegalArgumentException.class);
    send(1);
    assertThatThrownBy(() -> link.send(FIXTURE.probe.ref(), new Unregistered()))
        .isInstanceOf(IllegalArgumentException.class);
    send(2);
    channel.runPendingTasks();

    assertThat(written(channel)).containsExactly(1L, 2L);
  }

  @Test
  @DisplayName("is not taken any more once its connection is gone, even before that is told")
  void inactive() {
    open().close();

    assertThat(send(1)).isFalse();
    assertThat(meters.drops()).isZero();
  }

  @Test
  @DisplayName("is closed, and throws nothing, when this node's thread for channels ends")
  void threadHasEnded() {
    var thread = new DefaultEventLoop();
    thread.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    var channel =
        new EmbeddedChannel() {
          @Override
          public EventLoop eventLoop() {
            return channels.contains(this) ? thread : super.eventLoop();
          }
        };
    open(channel);
    assertThat(send(1)).isFalse();
    channels.remove(channel);

    assertThat(link.isOpen()).isFalse();
    assertThat(send(2)).isFalse();
  }

  @Test
  @DisplayName("is written to by the sender itself, if the connection can and nobody else does")
  void writesItself() throws Exception {
    var channel = new OpenToAll();
    open(channel);
    send(1);
    send(2);

    assertThat(channel.takenDirectly()).containsExactly(1L, 2L);
    assertThat(channel.hasPendingTasks()).isFalse();
  }

  @Test
  @DisplayName("leaves what comes while somebody writes to the connection's thread")
  void gathersMeanwhile() throws Exception {
    var channel = new OpenToAll();
    open(channel);
    channel.meanwhile =
        () -> {
          send(2);
          send(3);
        };
    send(1);
    assertThat(channel.takenDirectly()).containsExactly(1L);
    assertThat(channel.hasPendingTasks()).isTrue();
    send(4);
    channel.runPendingTasks();

    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(written(channel)).containsExactly(2L, 3L, 4L);
    send(5);
    assertThat(channel.takenDirectly()).containsExactly(5L);
  }

  @Test
  @DisplayName("leaves to the connection's thread what the network does not take at once, in order")
  void takesAPart() throws Exception {
    var channel = new OpenToAll();
    open(channel);
    channel.room = 10;
    send(1);
    send(2);
    channel.runPendingTasks();

    channel.takeRest();
    assertThat(channel.takenDirectly()).containsExactly(1L, 2L);
  }

  @Test
  @DisplayName("does not overtake what waits in the connection")
  void doesNotOvertake() throws Exception {
    var channel = new OpenToAll();
    open(channel);
    channel
        .unsafe()
        .outboundBuffer()
        .addMessage(FIXTURE.frame(message(1)), 1, channel.newPromise());
    send(2);
    channel.runPendingTasks();

    assertThat(channel.takenDirectly()).isEmpty();
    assertThat(written(channel)).containsExactly(1L, 2L);
  }

  @Test
  @DisplayName("closes a connection that is found to be gone, and throws nothing")
  void isGone() {
    var channel = new OpenToAll();
    open(channel);
    channel.gone = true;

    assertThat(send(1)).isTrue();

    assertThat(channel.isOpen()).isFalse();
    assertThat(send(2)).isFalse();
  }

  @Test
  @DisplayName("gives the signs of life of its own connection, in order with all else")
  void beats() throws Exception {
    var channel = new OpenToAll();
    assertThat(link.beats(channel)).isFalse();
    open(channel);
    channel.meanwhile = () -> assertThat(link.beats(channel)).isTrue();
    send(1);
    channel.runPendingTasks();

    assertThat(channel.takenDirectly()).containsExactly(1L);
    ByteBuf sign = channel.readOutbound();
    assertThat(sign.readInt()).isEqualTo(Frames.SIGN_OF_LIFE);
    assertThat(sign.isReadable()).isFalse();
    sign.release();
  }

  private boolean send(long number) {
    return link.send(FIXTURE.probe.ref(), message(number));
  }

  private EmbeddedChannel open() {
    return open(new EmbeddedChannel());
  }

  private EmbeddedChannel open(EmbeddedChannel channel) {
    channel.config().setAllocator(memory);
    channels.add(channel);
    link.opened(channel);
    return channel;
  }

  /** The numbers of the messages in all that was written. */
  private static List<Long> written(EmbeddedChannel channel) throws NotSerializableException {
    var numbers = new ArrayList<Long>();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      numbers.addAll(numbers(out));
      out.release();
    }
    return numbers;
  }

  private static List<Long> numbers(ByteBuf frames) throws NotSerializableException {
    var numbers = new ArrayList<Long>();
    while (frames.isReadable()) {
      var delivery = FIXTURE.frames.take(frames.readSlice(frames.readInt()));
      numbers.add(((KeepAlive) delivery.message()).session());
    }
    return numbers;
  }
}
