package dev.synod.raft.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.ExtendedLog;
import dev.synod.raft.ListLog;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A log as it will be, fast against dumb")
class ExtendedLogTest {

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("it answers like a list to which the entries were appended")
  void answersLikeTheAppendedLog(long seed) {
    var random = new Random(seed);
    long term = 1L + random.nextInt(3);
    var terms = LongStream.range(0, random.nextInt(6)).map(i -> 1 + i * term / 6).toArray();
    var base = new LogPosition(random.nextInt(3), new Term(1));
    var log = base.index() == 0 ? ListLog.of(terms) : ListLog.after(base, terms);
    var more = new ArrayList<Entry>();
    for (int i = 0; i <= random.nextInt(5); i++) {
      var payload = Bytes.utf8("x".repeat(random.nextInt(20)));
      long index = log.last().index() + 1 + i;
      more.add(new Entry(index, new Term(term), EntryKind.COMMAND, payload));
    }
    var dumb = log.copy();
    dumb.perform(new Effect.Append(more));

    var fast = new ExtendedLog(log, more);

    assertThat(fast.base()).isEqualTo(dumb.base());
    assertThat(fast.last()).isEqualTo(dumb.last());
    for (long index = dumb.base().index() + 1; index <= dumb.last().index(); index++) {
      assertThat(fast.termAt(index)).isEqualTo(dumb.termAt(index));
      assertThat(fast.firstIndexOfTermAt(index)).isEqualTo(dumb.firstIndexOfTermAt(index));
      int entriesMax = 1 + random.nextInt(4);
      long bytesMax = 1L + random.nextInt(40);
      long end = fast.lastIndexWithin(index, entriesMax, bytesMax);
      // What is there already and what comes may travel apart.
      long expected = dumb.lastIndexWithin(index, entriesMax, bytesMax);
      boolean inLog = index <= log.last().index();
      assertThat(end).isEqualTo(inLog ? Math.min(expected, log.last().index()) : expected);
    }
  }
}
