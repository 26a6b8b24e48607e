package dev.synod.actors.channel;

import static dev.synod.actors.channel.ChannelFixture.message;
import static dev.synod.actors.channel.LoopbackNode.freePort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.transfer.SnapshotMessage.Chunk;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.Read;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@DisplayName("Nodes on the loopback, with channels")
class ChannelPeersTest {

  private static final int NO_CHANNEL = -1;
  private static final String HERE = "pekko://shop/user/asker";

  private final List<LoopbackNode> nodes = new ArrayList<>();

  /** No serializer is bound to it, and Java's is not allowed. */
  private record Unbound() {}

  @AfterEach
  void stop() {
    nodes.forEach(LoopbackNode::terminate);
    nodes.forEach(LoopbackNode::close);
  }

  @Test
  @DisplayName("talk by the remoting first, and by one channel in each direction from then on")
  void both() {
    var one = node();
    var two = node();
    one.reaches(two, message(1));
    assertThat(one.remoting.messages()).isEqualTo(1);
    one.untilOpen(two, 1);
    two.untilOpen(one, 1);
    int before = one.remoting.messages() + two.remoting.messages();

    for (int i = 2; i <= 100; i++) {
      one.reaches(two, message(i));
      two.reaches(one, message(1_000 + i));
    }
    assertThat(one.remoting.messages() + two.remoting.messages()).isEqualTo(before);
    assertThat(one.channels.drops() + two.channels.drops()).isZero();
  }

  @Test
  @DisplayName("keep the order of what one actor sends to another")
  void order() {
    var one = node();
    var two = node();
    one.untilOpen(two, 1);
    var to = one.probeOf(two);
    for (int i = 0; i < 10_000; i++) {
      one.peers.tell(to, message(i));
    }

    for (int i = 0; i < 10_000; i++) {
      assertThat(two.probe.receiveMessage()).isEqualTo(message(i));
    }
  }

  @Test
  @DisplayName("reach a node that has none by the remoting, and are reached by it")
  void mixed() {
    var with = node();
    var without = node(freePort(), NO_CHANNEL, "");
    for (int i = 1; i <= 20; i++) {
      with.reaches(without, message(i));
      without.reaches(with, message(1_000 + i));
    }

    assertThat(with.remoting.messages()).isEqualTo(20);
    assertThat(with.channels.open()).isZero();
  }

  @Test
  @DisplayName("find a node again that has restarted at the same ports")
  void restart() {
    int port = freePort();
    int channelPort = freePort();
    var one = node();
    var two = node(port, channelPort, "");
    one.untilOpen(two, 1);
    stop(two);
    assertThat(one.channels.next()).isEqualTo("opened");
    assertThat(one.channels.next()).isEqualTo("closed");

    var again = node(port, channelPort, "");
    one.untilOpen(again, 1);
    again.untilOpen(one, 1);
    int before = one.remoting.messages();
    one.reaches(again, message(1));
    again.reaches(one, message(2));
    assertThat(one.remoting.messages()).isEqualTo(before);
  }

  @Test
  @DisplayName("send snapshots by the remoting, which can give them a connection of their own")
  void snapshots() {
    var one = node();
    var two = node();
    one.untilOpen(two, 1);
    int before = one.remoting.messages();
    one.reaches(two, new Chunk(1, 2, 3, Bytes.utf8("some of it")));

    assertThat(one.remoting.messages()).isEqualTo(before + 1);
  }

  @Test
  @DisplayName("drop what no serializer takes, and the sender does not fail")
  void unsendable() {
    var one = node();
    var two = node();
    one.untilOpen(two, 1);
    var question = new Question(1, Read.stale(), new Unbound());
    ActorRef<Answers> asker = ActorRefResolver.get(one.system).resolveActorRef(HERE);
    one.peers.tell(one.probeOf(two), new Ask(new GroupId("chat"), asker, List.of(question)));

    one.reaches(two, message(1));
  }

  @Test
  @DisplayName("use the remoting's keys, if it uses TLS")
  void tls(@TempDir Path folder) throws IOException {
    var keys = LoopbackKeys.make(folder);
    int channelPort = freePort();
    var one = node(freePort(), channelPort, keys.settings());
    var two = node(freePort(), 0, keys.settings());
    one.untilOpen(two, 1);
    two.untilOpen(one, 1);
    int before = one.remoting.messages() + two.remoting.messages();
    one.reaches(two, message(1));
    two.reaches(one, message(2));

    assertThat(one.remoting.messages() + two.remoting.messages()).isEqualTo(before);
    assertThat(keys.protocolAt(channelPort)).isEqualTo("TLSv1.3");
  }

  @Test
  @DisplayName("close the connection of a stranger without an answer, and go on")
  void stranger() throws IOException {
    int channelPort = freePort();
    var one = node();
    var two = node(freePort(), channelPort, "");
    one.untilOpen(two, 1);

    assertThat(answerTo(channelPort, "SYNODCH1 and some other secret")).isEmpty();
    assertThat(answerTo(channelPort, "GET / HTTP/1.1\r\nHost: here\r\n\r\n")).isEmpty();
    one.reaches(two, message(1));
    assertThat(one.channels.open()).isEqualTo(1);
  }

  @Test
  @DisplayName("pass nothing on that is for another node")
  void foreignAddress() {
    var one = node(freePort(), NO_CHANNEL, "");
    var two = node(freePort(), NO_CHANNEL, "");
    var resolver = ActorRefResolver.get(one.system);
    var frames = new Frames(SerializationExtension.get(one.system), LoopbackNode.FRAME_BYTES_MAX);
    var path = resolver.toSerializationFormat(one.probeOf(two)).getBytes(StandardCharsets.UTF_8);
    var channel =
        new EmbeddedChannel(
            new Intake(frames, ChannelFixture.SECRET, resolver, ChannelFixture.SETTINGS));
    channel.writeInbound(ChannelFixture.greeting(ChannelFixture.SECRET));
    channel.writeInbound(ChannelFixture.bytes(out -> frames.put(out, path, message(1))));

    one.reaches(two, message(2));
    assertThat(channel.isOpen()).isTrue();
    channel.finishAndReleaseAll();
  }

  @Test
  @DisplayName("say which setting names a port that is taken")
  void portTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> node(freePort(), taken.getLocalPort(), ""))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("synod.channel.port")
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
    }
  }

  private LoopbackNode node() {
    return node(freePort(), 0, "");
  }

  private LoopbackNode node(int port, int channelPort, String more) {
    var node = new LoopbackNode(port, channelPort, more);
    nodes.add(node);
    return node;
  }

  private void stop(LoopbackNode node) {
    nodes.remove(node);
    node.close();
  }

  /** What comes back until the connection is closed. */
  private static String answerTo(int port, String said) throws IOException {
    try (var socket = new Socket(LoopbackNode.HOST, port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
