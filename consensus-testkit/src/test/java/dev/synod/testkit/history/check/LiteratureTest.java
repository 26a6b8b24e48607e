package dev.synod.testkit.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.history.History;
import dev.synod.testkit.history.model.Model;
import dev.synod.testkit.history.model.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Histories of the literature stand where the literature puts them")
class LiteratureTest {

  private static final String[] NAMES = {
    "queue-overlapping-enqueues",
    "queue-overlapping-enqueues-other-order",
    "queue-overtaken",
    "queue-dequeued-before-enqueue-returns",
    "queue-dequeued-twice",
    "queues-each-sequential-together-not",
    "register-new-then-old",
    "register-new-then-new",
    "two-registers-a",
    "two-registers-b",
    "two-registers-c",
    "causal-not-sequential",
    "answer-before-question",
    "concurrent-writes-seen-both-ways-by-one",
    "broken-read-your-writes",
    "broken-monotonic-reads",
    "broken-monotonic-writes",
    "broken-writes-follow-reads",
    "broken-over-two-clients",
    "unknown-took-effect-late",
    "unknown-took-effect-once",
    "rejected-was-read",
    "counter-lost-update",
    "counter-add-of-unknown-outcome",
    "set-forgot-a-member",
    "lock-granted-twice",
    "lock-token-fell",
    "lock-expired",
  };

  static Stream<String> names() {
    return Arrays.stream(NAMES);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  @DisplayName("level and broken guarantees are as the resource says")
  void standsWhereItShould(String name) {
    var text = text(name);

    var found = ConsistencyClassifier.classify(History.parse(text), model(head(text, "model")));

    assertThat(found.level().map(Consistency::toString).orElse("none"))
        .as("%s", found)
        .isEqualTo(head(text, "level"));
    var broken = head(text, "broken");
    assertThat(found.sessions().broken().keySet())
        .as("%s", found)
        .map(SessionGuarantee::toString)
        .containsExactlyInAnyOrder(broken.isEmpty() ? new String[0] : broken.split(", "));
  }

  static String text(String name) {
    try (var stream = LiteratureTest.class.getResourceAsStream("/histories/" + name + ".txt")) {
      assertThat(stream).as(name).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Model<?> model(String words) {
    var word = words.split(" ", -1);
    return switch (word[0]) {
      case "register" -> Models.register(word[1]);
      case "counter" -> Models.counter();
      case "set" -> Models.set();
      case "queue" -> Models.queue();
      case "lock" -> Models.lock();
      default -> throw new IllegalArgumentException(words);
    };
  }

  private static String head(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith("# " + name + ": "))
        .map(line -> line.substring(name.length() + 4))
        .findFirst()
        .orElse("");
  }
}
