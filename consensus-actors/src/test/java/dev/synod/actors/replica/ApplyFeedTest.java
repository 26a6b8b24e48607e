package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Term;
import dev.synod.log.GroupLog.ReadResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The feed of a state machine")
class ApplyFeedTest {

  /** All entries are at hand. */
  private static final class AtHand implements EntrySource {
    @Override
    public long base() {
      return 0;
    }

    @Override
    public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
      return from + entriesMax - 1;
    }

    @Override
    public Optional<List<Entry>> cached(long from, long to) {
      return Optional.of(LongStream.rangeClosed(from, to).mapToObj(AtHand::entry).toList());
    }

    @Override
    public void read(long from, long to, Consumer<ReadResult> callback) {
      throw new AssertionError("nothing is read from a disk here");
    }

    @Override
    public void handed(List<Entry> entries) {}

    private static Entry entry(long index) {
      return new Entry(index, new Term(1), EntryKind.NO_OP, Bytes.EMPTY);
    }
  }

  private final TestInbox<ApplierMessage> applier = TestInbox.create();
  private final ApplyFeed feed =
      new ApplyFeed(
          new AtHand(), TestInbox.<ReplicaMessage>create().getRef(), applier.getRef(), 100, 1000);

  private List<Long> handed() {
    return applier.getAllReceived().stream()
        .filter(ApplierMessage.Apply.class::isInstance)
        .flatMap(message -> ((ApplierMessage.Apply) message).entries().stream())
        .map(Entry::index)
        .toList();
  }

  @Test
  @DisplayName("hands over what comes after a snapshot, and once only if two came together")
  void twoSnapshots() {
    feed.restore();
    feed.restore();
    feed.committed(7);

    feed.restored(5);
    assertThat(handed()).isEmpty();
    feed.restored(5);
    assertThat(handed()).containsExactly(6L, 7L);
    feed.committed(8);
    assertThat(handed()).containsExactly(8L);
  }
}
