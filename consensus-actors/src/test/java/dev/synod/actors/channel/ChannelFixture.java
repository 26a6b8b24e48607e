package dev.synod.actors.channel;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.WireMessage;
import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.serialization.SerializationExtension;

/** Actors without a network, and frames for them. */
final class ChannelFixture implements AutoCloseable {

  static final UUID SECRET = new UUID(0x0123456789abcdefL, -77);
  static final int FRAME_BYTES_MAX = 256 * 1024;

  static final ChannelSettings SETTINGS =
      ChannelSettings.from(ConfigFactory.load().getConfig("synod.channel"));

  final ActorTestKit kit =
      ActorTestKit.create(
          "channels",
          ConfigFactory.parseResources("synod-serialization.conf")
              .withFallback(ConfigFactory.load()));

  final ActorRefResolver resolver = ActorRefResolver.get(kit.system());
  final Frames frames = new Frames(SerializationExtension.get(kit.system()), FRAME_BYTES_MAX);
  final TestProbe<WireMessage> probe = kit.createTestProbe();

  /** A small message, by which tests tell one from another. */
  static KeepAlive message(long number) {
    return new KeepAlive(new GroupId("chat"), number);
  }

  /** A message that takes a little more than so many bytes. */
  Propose large(int bytes) {
    return new Propose(
        new GroupId("chat"),
        kit.<Answers>createTestProbe().ref(),
        7,
        List.of(new Proposal(1, EntryKind.COMMAND, Bytes.utf8("x".repeat(bytes)))));
  }

  byte[] path(ActorRef<?> ref) {
    return resolver.toSerializationFormat(ref).getBytes(StandardCharsets.UTF_8);
  }

  /** The message in a frame, for the probe. */
  ByteBuf frame(Object message) {
    return bytes(out -> frames.put(out, path(probe.ref()), message));
  }

  static ByteBuf greeting(UUID secret) {
    return bytes(out -> Frames.putGreeting(out, secret));
  }

  static ByteBuf bytes(Consumer<ByteBuf> laying) {
    var out = Unpooled.buffer();
    laying.accept(out);
    return out;
  }

  /** The probe's next message, which is there as soon as its actor has run. */
  WireMessage received() {
    return probe.receiveMessage(Duration.ofSeconds(30));
  }

  /** Fails if the probe has got anything so far: what this thread tells it now comes first. */
  void assertNothingReceived() {
    var marker = message(Long.MIN_VALUE);
    probe.ref().tell(marker);
    if (!received().equals(marker)) {
      throw new AssertionError("a message came");
    }
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
