package dev.synod.actors.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.CompactedException;
import dev.synod.actors.From;
import dev.synod.actors.Peers;
import dev.synod.actors.RefoundedException;
import dev.synod.actors.WatchFailedException;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.GroupClientMessage.FindReplicas;
import dev.synod.actors.message.GroupClientMessage.Replicas;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage;
import dev.synod.actors.message.WatchMessage.Changed;
import dev.synod.actors.message.WatchMessage.Changes;
import dev.synod.actors.message.WatchMessage.Gone;
import dev.synod.actors.message.WatchMessage.NotServed;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.message.WatchMessage.Refounded;
import dev.synod.actors.message.WatchMessage.ToHub;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.actors.wire.EncodedValue;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A watcher")
class WatcherTest {

  private static final GroupId GROUP = new GroupId("chat");
  private static final long INCARNATION = 77;
  private static final int BATCH = 4;
  private static final WatchSettings SETTINGS =
      new WatchSettings(BATCH, 100, Duration.ofSeconds(1), 8, 16, 1000, 16_384);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final Serialization serialization = SerializationExtension.get(kit.system());
  private final TestProbe<GroupClientMessage> client = kit.createTestProbe();
  private final TestProbe<ReplicaMessage> one = kit.createTestProbe();
  private final TestProbe<ReplicaMessage> two = kit.createTestProbe();
  private final TestProbe<ReplicaMessage> three = kit.createTestProbe();
  private final TestProbe<ToHub> hub = kit.createTestProbe();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private SinkQueueWithCancel<AppliedCommand<String>> watch(From from) {
    var setup = new WatchSetup(GROUP, client.ref(), new Direct(), serialization, SETTINGS);
    return Source.fromGraph(new WatchSource<String>(setup, from))
        .runWith(
            Sink.<AppliedCommand<String>>queue(1).withAttributes(Attributes.inputBuffer(1, 1)),
            kit.system());
  }

  /** The client's answer, whatever it was asked. */
  @SafeVarargs
  private void found(TestProbe<ReplicaMessage>... replicas) {
    var found = new ArrayList<ActorRef<ReplicaMessage>>();
    for (var replica : replicas) {
      found.add(replica.ref());
    }
    client.expectMessageClass(FindReplicas.class).replyTo().tell(new Replicas(found));
  }

  @Test
  @DisplayName("pulls what follows its position, from the hub that answers, change by change")
  void pulls() {
    var queue = watch(From.index(8));
    found(one);

    var first = pullAt(one, 7);
    assertThat(first.atOnce()).isTrue();
    answer(first, 7, 10, 8, 10);
    answer(pullAt(hub, 10), 10, 11, 11);

    assertThat(List.of(next(queue), next(queue), next(queue)))
        .containsExactly(command(8), command(10), command(11));
  }

  @Test
  @DisplayName("from now on begins where its first replica is, and goes on from there at the next")
  void now() {
    watch(From.now());
    found(one, two);
    answer(pullAt(one, WatchMessage.NOW), 20, 20);

    var refused = pullAt(hub, 20);
    refuse(refused);

    pullAt(two, 20);
  }

  @Test
  @DisplayName("takes no notice of answers to other pulls than its last one")
  void lateAnswers() {
    var queue = watch(From.index(1));
    found(one, two);
    var silent = pullAt(one, 0);
    intervals(2);
    var again = pullAt(one, 0);
    answer(pullAt(two, 0), 0, 1, 1);
    assertThat(next(queue)).isEqualTo(command(1));

    answer(silent, 0, 2, 2);
    answer(again, 0, 2, 2);
    answer(pullAt(hub, 1), 1, 3, 3);

    assertThat(next(queue)).isEqualTo(command(3));
  }

  @Test
  @DisplayName("that hears nothing asks its replica whether it is there, then turns to another")
  void silence() {
    watch(From.index(1));
    found(one, two, three);
    answer(pullAt(one, 0), 0, 1, 1);
    pullAt(hub, 1);

    for (int i = 0; i < 3; i++) {
      intervals(1);
      assertThat(pullAt(one, 1).atOnce()).isTrue();
    }
    intervals(1);

    pullAt(two, 1);
    three.expectNoMessage();
  }

  @Test
  @DisplayName("turns to all others at once after one was silent, and goes on with who serves it")
  void hurries() {
    var queue = watch(From.index(1));
    found(one, two, three);
    pullAt(one, 0);
    intervals(2);
    pullAt(one, 0);

    gone(pullAt(two, 0), 9);
    answer(pullAt(three, 0), 0, 1, 1);

    assertThat(next(queue)).isEqualTo(command(1));
    pullAt(hub, 1);
    intervals(1);
    pullAt(three, 1);
  }

  @Test
  @DisplayName(
      "takes the first answer that serves it, and waits for all others before the next turn")
  void severalAnswers() {
    var queue = watch(From.index(1));
    found(one, two, three);
    pullAt(one, 0);
    intervals(2);
    pullAt(one, 0);
    refuse(pullAt(two, 0));
    var late = pullAt(three, 0);

    client.expectNoMessage();
    answer(late, 0, 1, 1);
    answer(late, 0, 2, 2);

    assertThat(next(queue)).isEqualTo(command(1));
    answer(pullAt(hub, 1), 1, 2, 2);
    assertThat(next(queue)).isEqualTo(command(2));
  }

  private static void refuse(Pull pull) {
    pull.watcher().tell(new NotServed(GROUP, pull.number(), "it stops"));
  }

  @Test
  @DisplayName("looks for replicas again after it has turned to all")
  void looksAgain() {
    watch(From.index(1));
    found();
    intervals(1);

    var again = client.expectMessageClass(FindReplicas.class);

    assertThat(again.again()).isTrue();
    again.replyTo().tell(new Replicas(List.of(two.ref())));
    pullAt(two, 0);
  }

  @Test
  @DisplayName("whose consumer is slow pulls no more than there is room for")
  void slowConsumer() {
    var queue = watch(From.index(1));
    found(one);
    answer(pullAt(one, 0), 0, 4, 1, 2, 3, 4);
    answer(pullAt(hub, 4), 4, 8, 5, 6, 7, 8);

    hub.expectNoMessage();
    for (long index = 1; index <= 8; index++) {
      assertThat(next(queue)).isEqualTo(command(index));
    }

    pullAt(hub, 8);
  }

  @Test
  @DisplayName("asks everybody before it fails, and its consumer gets all before")
  void compacted() {
    var queue = watch(From.index(1));
    found(one, two);
    answer(pullAt(one, 0), 0, 3, 1, 2, 3);
    gone(pullAt(hub, 3), 9);
    gone(pullAt(two, 3), 7);
    intervals(1);
    found(one, two);
    intervals(1);
    found(one, two);

    assertThat(List.of(next(queue), next(queue), next(queue)))
        .containsExactly(command(1), command(2), command(3));
    assertThatThrownBy(() -> next(queue))
        .cause()
        .isInstanceOfSatisfying(
            CompactedException.class,
            why -> {
              assertThat(why.next()).isEqualTo(4);
              assertThat(why.first()).isEqualTo(7);
            });
  }

  @Test
  @DisplayName("never goes on in another group of the same name, and says so")
  void refounded() {
    var queue = watch(From.index(1));
    found(one, two);
    var begin = pullAt(one, 0);
    assertThat(begin.incarnation()).isEqualTo(WatchMessage.ANY);
    answer(begin, 0, 3, 1, 2, 3);
    refounded(pullAt(hub, 3));
    refounded(pullAt(two, 3));
    intervals(1);
    found(one, two);
    intervals(1);
    found(one, two);

    assertThat(List.of(next(queue), next(queue), next(queue)))
        .containsExactly(command(1), command(2), command(3));
    assertThatThrownBy(() -> next(queue))
        .cause()
        .isInstanceOfSatisfying(
            RefoundedException.class, why -> assertThat(why.next()).isEqualTo(4));
  }

  @Test
  @DisplayName("fails with the index of a change that it can't read")
  void unreadable() {
    var queue = watch(From.index(1));
    found(one);
    var pull = pullAt(one, 0);
    var damaged = List.of(changed(1), new Changed(2, Bytes.utf8("?")));
    pull.watcher().tell(new Changes(GROUP, pull.number(), INCARNATION, hub.ref(), 0, 2, damaged));

    assertThat(next(queue)).isEqualTo(command(1));
    assertThatThrownBy(() -> next(queue))
        .cause()
        .isInstanceOfSatisfying(
            WatchFailedException.class, why -> assertThat(why.next()).isEqualTo(2));
  }

  @Test
  @DisplayName("begins with an index from 1")
  void beginsWithOne() {
    assertThat(From.after(0)).isEqualTo(From.index(1));
    assertThatThrownBy(() -> From.index(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private void intervals(int count) {
    time.timePasses(SETTINGS.retryInterval().multipliedBy(count));
  }

  /** The next pull there, which must be for what follows that index. */
  private static Pull pullAt(TestProbe<?> probe, long after) {
    var pull = (Pull) probe.receiveMessage();
    assertThat(pull.after()).isEqualTo(after);
    return pull;
  }

  private void answer(Pull pull, long after, long upTo, long... indexes) {
    var changes = new ArrayList<Changed>();
    for (long index : indexes) {
      changes.add(changed(index));
    }
    pull.watcher()
        .tell(new Changes(GROUP, pull.number(), INCARNATION, hub.ref(), after, upTo, changes));
  }

  private static void refounded(Pull pull) {
    assertThat(pull.incarnation()).isEqualTo(INCARNATION);
    pull.watcher().tell(new Refounded(GROUP, pull.number()));
  }

  private static void gone(Pull pull, long first) {
    pull.watcher().tell(new Gone(GROUP, pull.number(), first));
  }

  private Changed changed(long index) {
    try {
      var value = EncodedValue.of(command(index).command(), serialization);
      var encoded =
          new EncodedCommand(3, index, 1, value.serializerId(), value.manifest(), value.body());
      return new Changed(index, encoded.encode());
    } catch (NotSerializableException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AppliedCommand<String> command(long index) {
    return new AppliedCommand<>(index, "command " + index);
  }

  private static <T> T next(SinkQueueWithCancel<T> queue) {
    CompletionStage<Optional<T>> next = queue.pull();
    try {
      return next.toCompletableFuture().join().orElseThrow();
    } catch (CompletionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private record Direct() implements Peers {
    @Override
    public ActorRef<NodeMessage> node(String address) {
      throw new UnsupportedOperationException("a watcher speaks to no nodes");
    }

    @Override
    public <M> void tell(ActorRef<? super M> to, M message) {
      to.tell(message);
    }
  }
}
