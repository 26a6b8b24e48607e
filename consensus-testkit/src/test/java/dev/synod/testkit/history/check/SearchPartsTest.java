package dev.synod.testkit.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.history.History;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The parts of a search remember and restore exactly")
class SearchPartsTest {

  @Test
  @DisplayName("a situation is new unless it, or one with fewer unknown ones used, was met before")
  void configurations() {
    // "Aa" and "BB", and 3 and 3L << 32, have equal hash codes: equality must look further.
    var seen = new Configurations(10);

    assertThat(seen.add(new long[] {0, 3}, new long[] {6}, "Aa")).isTrue();
    assertThat(seen.add(new long[] {0, 3}, new long[] {6}, "Aa")).isFalse();
    assertThat(seen.add(new long[] {0, 3}, new long[] {7}, "Aa")).isFalse();
    assertThat(seen.add(new long[] {0, 3}, new long[] {4}, "Aa")).isTrue();
    assertThat(seen.add(new long[] {0, 3}, new long[] {3}, "Aa")).isTrue();
    assertThat(seen.add(new long[] {0, 3}, new long[] {6}, "BB")).isTrue();
    assertThat(seen.add(new long[] {0, 3L << 32}, new long[] {6}, "Aa")).isTrue();
    assertThat(seen.isFull()).isFalse();
  }

  @Test
  @DisplayName("what was lifted is put back where it was")
  void openCalls() {
    var history =
        History.parse(
            """
            0 a invoke read x
            1 b invoke read x
            2 b ok 1
            3 c invoke read x
            4 a ok 1
            5 c ok 1
            """);
    var open = new OpenCalls(history.operations());
    var before = places(open);

    open.lift(1);
    assertThat(places(open)).containsExactly(0, 3, 4, 5);
    open.lift(0);
    assertThat(places(open)).containsExactly(3, 5);
    open.putBack(0);
    open.putBack(1);

    assertThat(places(open)).isEqualTo(before).containsExactly(0, 1, 2, 3, 4, 5);
  }

  private static List<Integer> places(OpenCalls open) {
    var places = new ArrayList<Integer>();
    for (int entry = open.first(); entry != OpenCalls.HEAD; entry = open.after(entry)) {
      places.add(open.place(entry));
    }
    return places;
  }
}
