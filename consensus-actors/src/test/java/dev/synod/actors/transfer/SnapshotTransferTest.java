package dev.synod.actors.transfer;

import static dev.synod.actors.transfer.TransferFixture.CONFIGURATION;
import static dev.synod.actors.transfer.TransferFixture.FOLLOWER;
import static dev.synod.actors.transfer.TransferFixture.GROUP;
import static dev.synod.actors.transfer.TransferFixture.INCARNATION;
import static dev.synod.actors.transfer.TransferFixture.LEADER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ReplicaMessage.SnapshotDelivered;
import dev.synod.actors.message.ReplicaMessage.SnapshotNotDelivered;
import dev.synod.actors.message.ReplicaMessage.SnapshotReceived;
import dev.synod.actors.transfer.SnapshotMessage.Ack;
import dev.synod.actors.transfer.SnapshotMessage.Chunk;
import dev.synod.actors.transfer.SnapshotMessage.Delivered;
import dev.synod.actors.transfer.SnapshotMessage.NotHosted;
import dev.synod.actors.transfer.SnapshotMessage.Offer;
import dev.synod.actors.transfer.SnapshotMessage.Ready;
import dev.synod.actors.transfer.SnapshotMessage.Refused;
import dev.synod.actors.transfer.SnapshotMessage.Reply;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.snapshot.FileSnapshots;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A snapshot on its way to a follower")
class SnapshotTransferTest {

  private static final LogPosition AT_90 = new LogPosition(90, new Term(4));

  private final TransferFixture t = new TransferFixture();

  @AfterEach
  void stop() {
    t.close();
  }

  @Test
  @DisplayName("arrives whole and durable before anybody hears of it")
  void arrivesWhole() {
    var body = t.snapshot(AT_90, 5_000, 1);

    t.send(5);

    assertThat(t.follower.receiveMessage())
        .isEqualTo(
            new SnapshotReceived(LEADER.store(), new Term(5), AT_90, CONFIGURATION, 5_000, false));
    t.followersDisk.crash(dev.synod.log.disk.MemoryDisk.Tear.NOTHING_KEPT);
    assertThat(t.received()).isEqualTo(body);
    assertThat(t.leader.receiveMessage())
        .isEqualTo(new SnapshotDelivered(FOLLOWER.store(), AT_90, 5_000));
    assertThat(t.chunksSent()).isEqualTo(10);
  }

  @Test
  @DisplayName("is never more than a few chunks ahead of what is acknowledged")
  void windowIsBounded() {
    t.snapshot(AT_90, 5_000, 1);
    var receiver = t.kit.<SnapshotMessage>createTestProbe();
    var offered = t.kit.<Object>createTestProbe();
    t.network =
        message -> {
          offered.ref().tell(message);
          return message instanceof Offer ? Optional.empty() : Optional.of(message);
        };
    var sender = t.send(5);
    offered.expectMessageClass(Offer.class);

    sender.tell(new Ready(1, 0, receiver.ref()));

    assertThat(receiver.expectMessageClass(Chunk.class).offset()).isZero();
    assertThat(receiver.expectMessageClass(Chunk.class).offset()).isEqualTo(512);
    receiver.expectNoMessage(Duration.ZERO);
    sender.tell(new Ack(1, 512));
    assertThat(receiver.expectMessageClass(Chunk.class).offset()).isEqualTo(1024);
  }

  @Test
  @DisplayName("goes on after a damaged chunk, which is sent again")
  void damagedChunk() {
    var body = t.snapshot(AT_90, 5_000, 1);
    var chunks = new AtomicInteger();
    t.network =
        message ->
            message instanceof Chunk chunk && chunks.incrementAndGet() == 4
                ? Optional.of(
                    new Chunk(chunk.transfer(), chunk.offset(), chunk.crc() ^ 1, chunk.bytes()))
                : Optional.of(message);

    t.send(5);

    assertThat(t.follower.receiveMessage()).isInstanceOf(SnapshotReceived.class);
    assertThat(t.received()).isEqualTo(body);
    assertThat(t.chunksSent()).isGreaterThan(10);
  }

  @Test
  @DisplayName("goes on after a silence where it was")
  void lostChunks() {
    var body = t.snapshot(AT_90, 5_000, 1);
    var silence = t.kit.<Object>createTestProbe();
    var chunks = new AtomicInteger();
    t.network =
        message -> {
          if (message instanceof Chunk && chunks.incrementAndGet() > 6) {
            silence.ref().tell("lost");
            return Optional.empty();
          }
          return Optional.of(message);
        };
    t.send(5);
    silence.receiveMessage();
    silence.receiveMessage();
    t.network = Optional::of;
    long before = t.chunksSent();

    timeUntilReceived();

    assertThat(t.received()).isEqualTo(body);
    assertThat(t.chunksSent() - before).isEqualTo(4);
  }

  @Test
  @DisplayName("is resumed by another sender of the very same snapshot")
  void resumedByAnotherSender() {
    var body = t.snapshot(AT_90, 5_000, 1);
    stopAfterChunks(6);
    long before = t.chunksSent();

    t.send(6);

    assertThat(t.follower.receiveMessage())
        .isEqualTo(
            new SnapshotReceived(LEADER.store(), new Term(6), AT_90, CONFIGURATION, 5_000, false));
    assertThat(t.received()).isEqualTo(body);
    assertThat(t.chunksSent() - before).isEqualTo(4);
  }

  @Test
  @DisplayName("begins anew where another snapshot of the same position had begun")
  void otherBytesAreNotMixed() {
    t.snapshot(AT_90, 5_000, 1);
    stopAfterChunks(6);
    t.deleteLeadersSnapshots();
    var other = t.snapshot(AT_90, 5_000, 2);

    t.send(6);
    timeUntilReceived();

    assertThat(t.received()).isEqualTo(other);
  }

  @Test
  @DisplayName("from an earlier leader is refused while a later one sends")
  void earlierLeaderIsRefused() {
    t.snapshot(AT_90, 5_000, 1);
    stopAfterChunks(6);

    t.send(4);

    assertThat(notDelivered()).contains("later leader");
  }

  @Test
  @DisplayName("from an earlier leader is taken once the later one has been silent for a while")
  void earlierLeaderTakesOver() {
    var body = t.snapshot(AT_90, 5_000, 1);
    stopAfterChunks(6);
    t.timePasses(Duration.ofSeconds(4));

    t.send(4);
    timeUntilReceived();

    assertThat(t.received()).isEqualTo(body);
  }

  @Test
  @DisplayName("is given up after some silences in a row")
  void givenUp() {
    t.snapshot(AT_90, 5_000, 1);
    var offers = t.kit.<Object>createTestProbe();
    t.network =
        message -> {
          offers.ref().tell(message);
          return Optional.empty();
        };
    t.send(5);

    assertThat(offers.receiveMessage()).isInstanceOf(Offer.class);
    t.timePasses(Duration.ofSeconds(1));
    for (int i = 0; i < 3; i++) {
      t.timePasses(Duration.ofSeconds(1));
      assertThat(offers.receiveMessage()).isInstanceOf(Offer.class);
    }
    t.timePasses(Duration.ofSeconds(1));

    assertThat(notDelivered()).contains("no answer after 3 tries");
  }

  @Test
  @DisplayName("is told again to a sender that did not hear of its arrival")
  void deliveredIsLost() {
    t.snapshot(AT_90, 5_000, 1);
    var lost = new AtomicInteger();
    t.network =
        message -> {
          if (message instanceof Delivered) {
            lost.incrementAndGet();
            return Optional.empty();
          }
          return Optional.of(message);
        };
    t.send(5);
    t.follower.receiveMessage();
    t.settle();
    assertThat(lost).hasValue(1);
    t.network = Optional::of;

    t.timePasses(Duration.ofSeconds(1));
    t.timePasses(Duration.ofSeconds(1));

    assertThat(t.leader.receiveMessage()).isInstanceOf(SnapshotDelivered.class);
    assertThat(t.chunksSent()).isEqualTo(10);
  }

  @Test
  @DisplayName("of a group that was founded otherwise is refused")
  void otherIncarnation() {
    t.snapshot(AT_90, 5_000, 1);

    t.send(5, INCARNATION + 1);

    assertThat(notDelivered()).contains("founded otherwise");
  }

  @Test
  @DisplayName("waits for a replica that is not there yet")
  void waitsForReplica() {
    t.snapshot(AT_90, 5_000, 1);
    t.receiver.tell(new NotHosted(GROUP));
    var refusals = t.kit.<Object>createTestProbe();
    t.network =
        message -> {
          if (message instanceof Refused) {
            refusals.ref().tell(message);
          }
          return Optional.of(message);
        };
    t.send(5);
    refusals.receiveMessage();

    t.hosts(true);
    timeUntilReceived();
  }

  @Test
  @DisplayName("that does not fit on the follower's disk leaves nothing behind")
  void fullDisk() throws Exception {
    t.snapshot(AT_90, 5_000, 1);
    t.followersDisk.capacity(2_000);

    t.send(5);

    assertThat(notDelivered()).containsIgnoringCase("space");
    assertThat(t.followersFiles()).isEmpty();
  }

  @Test
  @DisplayName("whose sender has fallen silent is forgotten, and its part deleted")
  void silentSender() throws Exception {
    t.snapshot(AT_90, 5_000, 1);
    stopAfterChunks(6);
    assertThat(t.followersFiles()).hasSize(1);

    t.timePasses(Duration.ofSeconds(5));
    t.timePasses(Duration.ofSeconds(5));
    offerOfAnotherGroup()
        .receiveMessage(); // by then the part is deleted; after the next one, known to be

    offerOfAnotherGroup().expectMessageClass(Ready.class);
    assertThat(t.followersFiles()).isEmpty();
  }

  @Test
  @DisplayName("waits while as many arrive as may at a time")
  void boundedNumber() {
    t.snapshot(AT_90, 5_000, 1);
    stopAfterChunks(6);

    var refused = offerOfAnotherGroup().expectMessageClass(Refused.class);

    assertThat(refused.later()).isTrue();
  }

  @Test
  @DisplayName("that does not exist is not delivered")
  void noSnapshot() {
    t.send(5);

    assertThat(notDelivered()).contains("no intact snapshot");
  }

  /** A sender of term 5 whose chunks are lost from some point on, and which is then stopped. */
  private void stopAfterChunks(int count) {
    var acks = t.kit.<Object>createTestProbe();
    var chunks = new AtomicInteger();
    t.network =
        message -> {
          if (message instanceof Chunk && chunks.incrementAndGet() > count) {
            return Optional.empty();
          }
          if (message instanceof Ack ack) {
            acks.ref().tell(ack);
          }
          return Optional.of(message);
        };
    var sender = t.send(5);
    for (int i = 0; i < count; i++) {
      acks.receiveMessage();
    }
    t.kit.stop(sender);
    t.network = Optional::of;
  }

  @Test
  @DisplayName("a witness gets where the snapshot ends, and nothing of what it holds")
  void stateless() {
    t.snapshot(AT_90, 5_000, 1);

    t.sendStateless(5);

    assertThat(t.follower.receiveMessage())
        .isEqualTo(
            new SnapshotReceived(LEADER.store(), new Term(5), AT_90, CONFIGURATION, 10, true));
    assertThat(t.received()).isEqualTo(Bytes.utf8("ends at 90"));
    assertThat(t.leader.expectMessageClass(SnapshotDelivered.class).position()).isEqualTo(AT_90);
  }

  @Test
  @DisplayName("a full replica refuses one without state, and keeps what it has")
  void statelessIsRefused() throws Exception {
    t.hosts(true);
    t.snapshot(AT_90, 5_000, 1);

    t.sendStateless(5);

    assertThat(notDelivered()).contains("full replica");
    assertThat(t.followersFiles()).isEmpty();
  }

  private TestProbe<Reply> offerOfAnotherGroup() {
    var other = new GroupId("other");
    var replies = t.kit.<Reply>createTestProbe();
    t.receiver.tell(
        new SnapshotMessage.Hosted(
            other,
            INCARNATION,
            new FileSnapshots(t.followersDisk, other, 2),
            t.follower.ref(),
            true));
    t.receiver.tell(
        new Offer(
            other,
            INCARNATION,
            LEADER.store(),
            new Term(1),
            AT_90,
            CONFIGURATION,
            10,
            0,
            false,
            replies.ref()));
    return replies;
  }

  private String notDelivered() {
    return t.leader.expectMessageClass(SnapshotNotDelivered.class).reason();
  }

  private void timeUntilReceived() {
    t.timePasses(Duration.ofSeconds(1));
    t.timePasses(Duration.ofSeconds(1));
    t.timePasses(Duration.ofSeconds(1));
    assertThat(t.follower.receiveMessage()).isInstanceOf(SnapshotReceived.class);
  }
}
