package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.replica.ApplierMessage.Restore;
import dev.synod.actors.replica.ApplierMessage.Restored;
import dev.synod.actors.replica.ApplierMessage.SnapshotTaken;
import dev.synod.actors.replica.ApplierMessage.TakeSnapshot;
import dev.synod.actors.replica.Tally.Add;
import dev.synod.actors.replica.Tally.Get;
import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Term;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.log.snapshot.SnapshotFile;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A witness's applier")
class ApplierWitnessTest {

  private final ApplierFixture t = new ApplierFixture();
  private final CommittedLog log = t.log;

  @AfterEach
  void stop() {
    t.close();
  }

  @Test
  @DisplayName("answers nothing from the first entry on that came without its payload")
  void answersNothing() {
    log.openSession();
    log.command(1, 1, new Add(5));
    log.command(1, 2, new Add(7));
    var applier = t.applier();
    applier.tell(t.apply(log.all().subList(0, 2)));
    applier.tell(t.question(1, new Get(), 2));
    assertThat(t.answers()).containsExactly(ApplierFixture.ok(1, 5, 2));
    applier.tell(t.question(2, new Get(), 99));

    applier.tell(t.apply(witnessed(log.from(3))));
    applier.tell(t.question(3, new Get(), 3));
    applier.tell(t.question(4, new Get(), 0));
    applier.tell(t.question(5, new Get(), 99));

    for (long tag = 2; tag <= 5; ) {
      for (Answer answer : t.answers()) {
        assertThat(answer.tag()).isEqualTo(tag++);
        assertThat(answer.outcome())
            .isInstanceOfSatisfying(
                Outcome.Rejected.class,
                rejected -> {
                  assertThat(rejected.reason()).isEqualTo(Reason.NO_LEADER);
                  assertThat(rejected.text()).contains("is a witness");
                });
      }
    }
  }

  @Test
  @DisplayName("takes snapshots of where it stands, a few bytes each, and goes on from them")
  void statelessSnapshots() {
    for (int request = 0; request < 20; request++) {
      log.openSession();
    }
    var applier = t.applier();
    applier.tell(t.apply(witnessed(log.all())));
    applier.tell(TakeSnapshot.INSTANCE);
    var taken = expect(SnapshotTaken.class);
    var next = log.command(1, 1, new Add(5));
    var restored = t.applier();
    restored.tell(Restore.INSTANCE);

    assertThat(expect(Restored.class))
        .isEqualTo(new Restored(taken.position(), ApplierFixture.FIRST, true));
    restored.tell(t.apply(List.of(next)));
    restored.tell(t.question(1, new Get(), next.index()));
    assertThat(t.answers().get(0).outcome()).isInstanceOf(Outcome.Rejected.class);
    assertThat(t.newestSnapshot())
        .isEqualTo(StatelessSnapshot.body(taken.position(), ApplierFixture.FIRST));
    assertThat(taken.bytes()).isLessThan(200);
  }

  @Test
  @DisplayName("is whole again by a snapshot with its state, should it ever get one")
  void wholeAgain() {
    log.openSession();
    log.command(1, 1, new Add(5));
    log.command(1, 2, new Add(7));
    var other = t.applier();
    other.tell(t.apply(log.all()));
    other.tell(TakeSnapshot.INSTANCE);
    expect(SnapshotTaken.class);
    var applier = t.applier();
    applier.tell(t.apply(witnessed(log.all().subList(0, 2))));

    applier.tell(Restore.INSTANCE);
    assertThat(expect(Restored.class).stateless()).isFalse();
    applier.tell(t.question(1, new Get(), 3));

    assertThat(t.answers()).containsExactly(ApplierFixture.ok(1, 12, 3));
  }

  @Test
  @DisplayName("makes no backup, and none can be restored from what it has")
  void noBackup() throws Exception {
    log.openSession();
    var applier = t.applier();
    applier.tell(t.apply(witnessed(log.all())));
    var file = new SnapshotFile(new MemoryDisk(new Random(1)), "backup");
    var wanted = BackUp.of(ApplierFixture.GROUP, file, founded -> Bytes.EMPTY);

    applier.tell(t.question(1, wanted, 1));

    assertThat(failureOf(wanted)).contains("is a witness");
  }

  @Test
  @DisplayName("begins a restored group where that begins, with none of its state")
  void restored() throws Exception {
    log.openSession();
    log.command(1, 1, new Add(5));
    var applier = t.applier();
    applier.tell(t.apply(log.all()));
    applier.tell(TakeSnapshot.INSTANCE);
    expect(SnapshotTaken.class);
    var newest = t.snapshots.newest(LogPosition.ZERO, damage -> {}).orElseThrow();
    try (var backup = t.snapshots.open(newest)) {
      RestoredState.write(backup, t.snapshots, ApplierFixture.FIRST, true, t.serialization, 512);
    }

    t.applier().tell(Restore.INSTANCE);

    var expected = new LogPosition(2 + RestoredState.INDEXES_SKIPPED, Term.ZERO);
    assertThat(expect(Restored.class))
        .isEqualTo(new Restored(expected, ApplierFixture.FIRST, true));
  }

  private static String failureOf(BackUp wanted) {
    try {
      return "made " + wanted.done().join();
    } catch (CompletionException failed) {
      return String.valueOf(failed.getMessage());
    }
  }

  private static List<Entry> witnessed(List<Entry> entries) {
    return entries.stream().map(Entry::witnessed).toList();
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
}
