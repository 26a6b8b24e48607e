package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Lamport's clock (1978)")
class LamportClockTest {

  /** One event: its time, and all events that can have caused it. */
  private record Event(LamportClock time, Set<Integer> causes) {}

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("clock condition: if a can have caused b, then time(a) < time(b)")
  void causesAreEarlier(long seed) {
    var events = randomEvents(new Random(seed), 5, 150);

    for (Event event : events) {
      for (int cause : event.causes()) {
        assertThat(events.get(cause).time()).isLessThan(event.time());
        assertThat(events.get(cause).time().time()).isLessThan(event.time().time());
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("times are totally ordered: no two events have the same")
  void noTwoEventsHaveTheSameTime(long seed) {
    var events = randomEvents(new Random(seed), 5, 150);

    assertThat(events.stream().map(Event::time).distinct()).hasSameSizeAs(events);
    assertThat(new TreeSet<>(events.stream().map(Event::time).toList())).hasSameSizeAs(events);
  }

  @Test
  @DisplayName("the converse does not hold: a lower time is no sign of a cause")
  void concurrentEventsAreNotTold() {
    var a = new LamportClock(0, StoreId.of(1)).tick();
    var b = new LamportClock(0, StoreId.of(2)).tick().tick();

    assertThat(a).isLessThan(b);
  }

  @Test
  @DisplayName("a receipt is later than the send and than all before it here")
  void receive() {
    var here = new LamportClock(3, StoreId.of(1));

    assertThat(here.receive(new LamportClock(9, StoreId.of(2))).time()).isEqualTo(10);
    assertThat(here.receive(new LamportClock(1, StoreId.of(2))).time()).isEqualTo(4);
    assertThat(here.receive(new LamportClock(9, StoreId.of(2))).node()).isEqualTo(StoreId.of(1));
  }

  @Test
  @DisplayName("time is never negative and never wraps around")
  void bounds() {
    assertThatThrownBy(() -> new LamportClock(-1, StoreId.of(1)))
        .isInstanceOf(InvariantViolation.class);
    assertThatThrownBy(() -> new LamportClock(Long.MAX_VALUE, StoreId.of(1)).tick())
        .isInstanceOf(ArithmeticException.class);
  }

  /** Nodes that act, send and receive at random; messages may be lost, doubled and overtaken. */
  private static List<Event> randomEvents(Random random, int nodes, int count) {
    var events = new ArrayList<Event>();
    var last = new ArrayList<Event>();
    var sent = new ArrayList<Integer>();
    for (int node = 0; node < nodes; node++) {
      last.add(new Event(new LamportClock(0, StoreId.of(node)), Set.of()));
    }
    for (int number = 0; number < count; number++) {
      int node = random.nextInt(nodes);
      var before = last.get(node);
      var causes = new TreeSet<>(before.causes());
      LamportClock time;
      if (!sent.isEmpty() && random.nextBoolean()) {
        int message = sent.get(random.nextInt(sent.size()));
        causes.addAll(events.get(message).causes());
        causes.add(message);
        time = before.time().receive(events.get(message).time());
      } else {
        time = before.time().tick();
        sent.add(number);
      }
      events.add(new Event(time, Set.copyOf(causes)));
      causes.add(number);
      last.set(node, new Event(time, causes));
    }
    return events;
  }
}
