package dev.synod.actors.replica;

import static dev.synod.actors.replica.ApplierFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.replica.ApplierMessage.Broken;
import dev.synod.actors.replica.ApplierMessage.Restore;
import dev.synod.actors.replica.ApplierMessage.Restored;
import dev.synod.actors.replica.ApplierMessage.SessionsChanged;
import dev.synod.actors.replica.ApplierMessage.SnapshotFailed;
import dev.synod.actors.replica.ApplierMessage.SnapshotTaken;
import dev.synod.actors.replica.ApplierMessage.TakeSnapshot;
import dev.synod.actors.replica.Tally.Add;
import dev.synod.actors.replica.Tally.Get;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StateMachine;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A snapshot")
class ApplierSnapshotTest {

  private final ApplierFixture t = new ApplierFixture();
  private final CommittedLog log = t.log;

  @AfterEach
  void stop() {
    t.close();
  }

  @Test
  @DisplayName("followed by the rest of the log equals the whole log")
  void snapshotEqualsReplay() {
    someHistory();
    var whole = snapshotOf(List.of(log.all()));
    log.command(1, 3, 2, new Add(100));
    var rest = log.from(log.all().size());

    var restored = t.applier();
    restored.tell(Restore.INSTANCE);
    assertThat(expect(Restored.class).position()).isEqualTo(whole);
    assertThat(t.replica.receiveMessage())
        .isEqualTo(new SessionsChanged(List.of(1L, 2L), List.of()));
    restored.tell(t.apply(rest));
    restored.tell(TakeSnapshot.INSTANCE);
    var position = expectTaken();
    var fromSnapshot = t.newestSnapshot();
    t.deleteSnapshots();

    assertThat(snapshotOf(List.of(log.all()))).isEqualTo(position);
    assertThat(t.newestSnapshot()).isEqualTo(fromSnapshot);
  }

  @ParameterizedTest(name = "cut by seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("is the same, byte for byte, however the entries were cut into batches")
  void sameBytesForAllCuts(long seed) {
    someHistory();
    var random = new Random(seed);
    var batches = new java.util.ArrayList<List<Entry>>();
    for (int from = 0; from < log.all().size(); ) {
      int to = Math.min(log.all().size(), from + 1 + random.nextInt(4));
      batches.add(log.all().subList(from, to));
      from = to;
    }

    snapshotOf(List.of(log.all()));
    var inOneBatch = t.newestSnapshot();
    t.deleteSnapshots();
    snapshotOf(batches);

    assertThat(t.newestSnapshot()).isEqualTo(inOneBatch);
  }

  @Test
  @DisplayName("carries the replies, so that a retry after it still changes nothing")
  void exactlyOnceOverASnapshot() {
    someHistory();
    snapshotOf(List.of(log.all()));
    var retry = log.command(1, 2, new Add(7));
    var throwing = log.command(2, 1, new Tally.Refuse("no"));

    var restored = t.applier();
    restored.tell(Restore.INSTANCE);
    restored.tell(t.apply(log.from(retry.index()), t.waiter(retry, 1), t.waiter(throwing, 2)));

    var answers = t.answers();
    assertThat(answers.get(0)).isEqualTo(ok(1, 12, 4));
    assertThat(answers.get(1).outcome().toString()).contains("no");
    restored.tell(t.question(3, new Get(), retry.index()));
    assertThat(t.answers()).containsExactly(ok(3, 12, throwing.index()));
  }

  @Test
  @DisplayName("is written while commands go on being applied, one at a time")
  void writtenBesideApplying() {
    t.blocking = true;
    log.openSession();
    log.command(1, 1, new Add(5));
    var applier = t.applier();
    applier.tell(t.apply(log.all()));
    applier.tell(TakeSnapshot.INSTANCE);
    applier.tell(TakeSnapshot.INSTANCE);
    var later = log.command(1, 2, new Add(7));
    applier.tell(t.apply(log.from(3), t.waiter(later, 1)));

    assertThat(t.answers()).containsExactly(ok(1, 12, 3));
    assertThat(t.blocked).hasSize(1);
    t.runBlocked();
    assertThat(expectTaken().index()).isEqualTo(2);
    t.replica.expectNoMessage(java.time.Duration.ZERO);
  }

  @Test
  @DisplayName("of a position that has one already is not written again")
  void notWrittenTwice() {
    someHistory();
    var applier = t.applier();
    applier.tell(t.apply(log.all()));
    applier.tell(TakeSnapshot.INSTANCE);
    var first = expectTaken();
    t.disk.capacity(0);

    applier.tell(TakeSnapshot.INSTANCE);

    assertThat(expectTaken()).isEqualTo(first);
  }

  @Test
  @DisplayName("that can't be written says why, and the machine goes on")
  void fullDisk() {
    log.openSession();
    log.command(1, 1, new Add(5));
    t.disk.capacity(10);
    var applier = t.applier();
    applier.tell(t.apply(log.all()));
    applier.tell(TakeSnapshot.INSTANCE);

    assertThat(expect(SnapshotFailed.class).reason()).containsIgnoringCase("space");
    t.disk.capacity(Long.MAX_VALUE);
    applier.tell(TakeSnapshot.INSTANCE);
    assertThat(expectTaken().index()).isEqualTo(2);
  }

  @Test
  @DisplayName("whose bytes are damaged is passed over")
  void damagedIsPassedOver() throws Exception {
    someHistory();
    snapshotOf(List.of(log.all()));
    var file = t.snapshots.list().get(0).file();
    t.disk.flip(file, 8 * 200);

    t.applier().tell(Restore.INSTANCE);

    assertThat(t.replica.receiveMessage())
        .isEqualTo(new Restored(LogPosition.ZERO, ApplierFixture.FIRST, false));
  }

  @Test
  @DisplayName("that is intact but can't be read here breaks the replica")
  void unreadableBreaks() {
    var writer = t.snapshots.begin(new LogPosition(7, new Term(1)), Bytes.EMPTY);
    writer.append(Bytes.wrap(new byte[] {77}));
    writer.commit();

    t.applier().tell(Restore.INSTANCE);

    assertThat(expect(Broken.class).reason()).contains("snapshot format 77");
  }

  @Test
  @DisplayName("older than what is applied changes nothing")
  void olderIsIgnored() {
    someHistory();
    snapshotOf(List.of(log.all()));
    log.command(1, 3, new Add(1));
    var applier = t.applier();
    applier.tell(t.apply(log.all()));
    applier.tell(Restore.INSTANCE);

    assertThat(expect(Restored.class).position().index()).isEqualTo(log.all().size());
  }

  @Test
  @DisplayName("is none: restored is the place before the log")
  void noSnapshot() {
    t.applier().tell(Restore.INSTANCE);

    assertThat(t.replica.receiveMessage())
        .isEqualTo(new Restored(LogPosition.ZERO, ApplierFixture.FIRST, false));
  }

  @Test
  @DisplayName("that is read holds back the entries after it, not the questions")
  void restoreKeepsOrder() {
    someHistory();
    snapshotOf(List.of(log.all()));
    var next = log.command(1, 3, new Add(1));
    t.blocking = true;
    var applier = t.applier();

    applier.tell(Restore.INSTANCE);
    applier.tell(t.apply(log.from(next.index()), t.waiter(next, 1)));
    applier.tell(t.question(2, new Get(), 0));

    assertThat(t.answers()).containsExactly(ok(2, 0, 0));
    t.runBlocked();
    assertThat(t.answers()).containsExactly(ok(1, 13, next.index()));
  }

  @Test
  @DisplayName(
      "of a state bound to a serializer that is tied to classes is refused, with what to do"
          + " instead")
  void unfitSerializer() {
    log.openSession();
    var applier = t.applier(Unfit::new, ApplierFixture.SETTINGS);
    applier.tell(t.apply(log.all()));
    applier.tell(TakeSnapshot.INSTANCE);

    assertThat(expect(SnapshotFailed.class).reason())
        .contains("Unfit$Serial")
        .contains("jackson-cbor");
  }

  private void someHistory() {
    log.openSession();
    log.openSession();
    log.command(1, 1, new Add(5));
    log.command(1, 2, new Add(7));
    log.command(2, 1, new Tally.Refuse("no"));
    log.noOp();
    log.configuration(
        new Configuration(
            List.of(
                new Member(StoreId.of(1), new NodeAddress("n1", "pekko://t@n1:1")),
                new Member(StoreId.of(2), new NodeAddress("n2", "pekko://t@n2:1")))));
  }

  /** Lets a new applier apply those batches and take a snapshot. */
  private LogPosition snapshotOf(List<List<Entry>> batches) {
    ActorRef<ApplierMessage> applier = t.applier();
    batches.forEach(batch -> applier.tell(t.apply(batch)));
    applier.tell(TakeSnapshot.INSTANCE);
    return expectTaken();
  }

  private LogPosition expectTaken() {
    return expect(SnapshotTaken.class).position();
  }

  /** Skips what is said of progress and sessions. */
  private <M> M expect(Class<M> kind) {
    while (true) {
      var message = t.replica.receiveMessage();
      if (kind.isInstance(message)) {
        return kind.cast(message);
      }
    }
  }

  /** A machine whose state only Java serialization could write. */
  private static final class Unfit implements StateMachine<Tally.Command, Tally.Sum, Unfit.Serial> {
    @Override
    public Tally.Sum apply(Tally.Command command, Context context) {
      return new Tally.Sum(0);
    }

    @Override
    public Tally.Sum query(Tally.Command query) {
      return new Tally.Sum(0);
    }

    @Override
    public Serial snapshot() {
      return new Serial(1);
    }

    @Override
    public void restore(Serial state) {}

    record Serial(int number) implements java.io.Serializable {}
  }
}
