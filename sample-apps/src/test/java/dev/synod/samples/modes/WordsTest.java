package dev.synod.samples.modes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A count of words")
class WordsTest {

  @Test
  @DisplayName("knows a word by its letters, large or small")
  void counts() {
    assertThat(Words.count(List.of("The sea, the boat.", "", "THE lamp")))
        .isEqualTo(Map.of("the", 3L, "sea", 1L, "boat", 1L, "lamp", 1L));
  }

  @Test
  @DisplayName("of the whole is the sum of those of its parts")
  void sums() {
    var parts = Words.PARTS;
    var sum = Words.sum(Words.count(parts.get(0)), Words.count(parts.get(1)));

    assertThat(Words.sum(sum, Words.count(parts.get(2))))
        .isEqualTo(Words.count(parts.stream().flatMap(List::stream).toList()));
  }
}
