package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Records with right checksums that no log could have written")
class ForgedRecordsTest {

  private static final long FAR = 1L << 40;
  private static final long FARTHEST = Long.MAX_VALUE;

  /** Far more than opening such a log takes, and far less than an index up to {@link #FAR}. */
  private static final long ALLOCATED_MAX = 1 << 20;

  private final TestNode node = TestNode.open(1);

  private interface Forgery extends UnaryOperator<ForgedSegment> {}

  private static Arguments whole(String refusal, Forgery forgery) {
    return Arguments.of(refusal, 1, forgery);
  }

  private static Arguments headless(String refusal, Forgery forgery) {
    return Arguments.of(refusal, 2, forgery);
  }

  static Stream<Arguments> forgeries() {
    return Stream.of(
        whole("entry 1099511627776 follows entry 0", s -> s.entry(FAR)),
        whole(
            "entry 1099511627776 was moved, but the last one is 1", s -> s.entry(1).relocated(FAR)),
        whole(
            "truncated from entry 1099511627776 on, but it has the base 0 and the last entry 1",
            s -> s.entry(1).truncated(FAR).entry(FAR)),
        whole(
            "truncated from entry 2 on, but it has the base 2 and the last entry 3",
            s -> s.entry(1).entry(2).entry(3).compacted(2).truncated(2).entry(2)),
        whole(
            "compacted up to 1099511627776, but the last entry is 1",
            s -> s.entry(1).compacted(FAR)),
        whole(
            "would begin behind entry 1, but it has the base 1099511627776",
            s -> s.reset(FAR).entry(FAR + 1).compacted(1)),
        whole("is beyond what a log reaches", s -> s.reset(FARTHEST)),
        headless("entry 2 is missing", s -> s.relocated(1).entry(FAR)),
        headless("entry 1 is missing", s -> s.entry(FAR).relocated(2)),
        headless("entry 2 is missing", s -> s.relocated(1).relocated(FAR)),
        headless("entry 1 is missing", s -> s.truncated(FAR).entry(FAR)),
        headless("is beyond what a log reaches", s -> s.relocated(FARTHEST).entry(FARTHEST)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgeries")
  @DisplayName("are refused in words, and take no memory for what isn't there")
  void areRefused(String refusal, int segmentNumber, Forgery forgery) throws IOException {
    forge(forgery.apply(opened(segmentNumber)));

    long allocated = Allocated.by(node::reopen);

    assertThatThrownBy(() -> node.group(TestNode.G1))
        .isInstanceOf(LogException.class)
        .hasMessageContainingAll("group g1 can't be served", refusal);
    assertThat(allocated).isLessThan(ALLOCATED_MAX);
  }

  @Test
  @DisplayName("take memory for each record, not for how far apart they are")
  void farApart() throws IOException {
    var segment = opened(2);
    for (long i = 1; i <= 2_000; i++) {
      segment.relocated(i * 255 * 256 + i);
    }
    forge(segment);

    long allocated = Allocated.by(node::reopen);

    assertThat(node.log().indexBytes()).isLessThan(100 * segment.size());
    assertThat(allocated).isLessThan(ALLOCATED_MAX + 200 * segment.size());
  }

  @Test
  @DisplayName("are none if a later compaction makes the far one the first: the log is served")
  void gapsThatCompactionCloses() throws IOException {
    forge(opened(2).relocated(5).entry(FAR).entry(FAR + 1).compacted(FAR));

    long allocated = Allocated.by(node::reopen);

    GroupLog group = node.group(TestNode.G1);
    assertThat(group.base()).isEqualTo(new LogPosition(FAR, new Term(1)));
    assertThat(node.entries(group)).hasSize(1);
    assertThat(allocated).isLessThan(ALLOCATED_MAX);
  }

  @Test
  @DisplayName("let no group be founded if their numbers leave none for what is written next")
  void numbersWithoutSuccessor() throws IOException {
    for (var last :
        new ForgedSegment[] {
          opened(1).group(Integer.MAX_VALUE).opened(TestNode.G2),
          ForgedSegment.later(store(), 2, FARTHEST - 1).opened(TestNode.G2)
        }) {
      forge(last);
      node.reopen();

      assertThatThrownBy(() -> node.group(new GroupId("new")))
          .isInstanceOf(LogException.class)
          .hasMessageContainingAll("wal/", "numbers that no log reaches", "keep a copy");
      node.log().close();
    }
  }

  @Test
  @DisplayName("are not looked for in a file whose number no log reaches")
  void segmentWithoutSuccessor() throws IOException {
    node.log().close();
    ForgedSegment.later(store(), Integer.MAX_VALUE, 1).replaceAllOn(node.disk);

    assertThatThrownBy(node::reopen)
        .isInstanceOf(LogException.class)
        .hasMessageContainingAll("wal/2147483647.log", "take the file out");
  }

  private ForgedSegment opened(int segmentNumber) throws IOException {
    var segment =
        segmentNumber == 1
            ? ForgedSegment.first(store())
            : ForgedSegment.later(store(), segmentNumber, 100);
    return segment.opened(TestNode.G1);
  }

  private StoreId store() throws IOException {
    return new Identity(node.disk).read();
  }

  private void forge(ForgedSegment segment) throws IOException {
    node.log().close();
    segment.replaceAllOn(node.disk);
  }
}
