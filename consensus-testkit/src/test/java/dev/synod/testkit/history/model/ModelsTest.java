package dev.synod.testkit.history.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.testkit.history.Call;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Models answer one call after another")
class ModelsTest {

  /** Calls and results; the last one stands twice, with a right and a wrong result. */
  static Stream<Arguments> dialogues() {
    return Stream.of(
        of(Models.register("0"), "true", "false", "write 1:", "cas 1 2"),
        of(Models.register("0"), "0", "nil", "read"),
        of(Models.keyValue(), "nil", "1", "put 1:", "delete:", "get"),
        of(Models.keyValue(), "false", "true", "put 1:", "cas 2 3"),
        of(Models.counter(), "5", "6", "add 2:2", "add 3"),
        of(Models.counter(), "", "1", "add 2"),
        of(Models.counter(), "-2", "2", "add -2:", "get"),
        of(Models.set(), "{a,b}", "{a}", "add b:true", "add a:true", "read"),
        of(Models.set(), "false", "true", "add b:", "add b"),
        of(Models.set(), "true", "false", "add b:", "remove b"),
        of(Models.set(), "false", "true", "add b:", "remove b:true", "contains b"),
        of(Models.queue(), "a", "b", "enqueue a:", "enqueue b:", "dequeue"),
        of(Models.queue(), "nil", "a", "enqueue a:", "dequeue:a", "dequeue"),
        of(Models.lock(), "false", "8", "acquire p:7", "acquire q"),
        of(Models.lock(), "false", "8", "acquire p:7", "acquire p"),
        of(Models.lock(), "8", "7", "acquire p:7", "release p:true", "acquire q"),
        of(Models.lock(), "8", "false", "acquire p:7", "expire p:true", "acquire q"),
        of(Models.lock(), "false", "true", "acquire p:7", "release q"),
        of(Models.lock(), "2", "1", "acquire p?", "release p:true", "acquire q"));
  }

  private static Arguments of(Model<?> model, String right, String wrong, String... dialogue) {
    return Arguments.of(model, List.of(dialogue), right, wrong);
  }

  @ParameterizedTest(name = "{1} answers {2} and not {3}")
  @MethodSource("dialogues")
  @DisplayName("a right result is taken, a wrong one is not")
  <S> void answers(Model<S> model, List<String> dialogue, String right, String wrong) {
    S state = model.initial();
    for (var line : dialogue.subList(0, dialogue.size() - 1)) {
      var said = line.split("[:?]", -1);
      var result = line.contains("?") ? Optional.<String>empty() : Optional.of(said[1]);
      state = model.step(state, call(said[0]), result).orElseThrow();
    }
    var last = call(dialogue.get(dialogue.size() - 1));

    assertThat(model.step(state, last, Optional.of(right))).isPresent();
    assertThat(model.step(state, last, Optional.of(wrong))).isEmpty();
    assertThat(model.step(state, last, Optional.empty())).isPresent();
    assertThat(model.part(last)).isEqualTo("key");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("dialogues")
  @DisplayName("a call that a model takes for read-only leaves the state as it is")
  <S> void readOnlyIsReadOnly(Model<S> model, List<String> dialogue, String right, String wrong) {
    S state = model.initial();
    for (var line : dialogue) {
      var said = line.split("[:?]", -1);
      var result = said.length > 1 ? said[1] : right;
      var known = line.contains("?") ? Optional.<String>empty() : Optional.of(result);
      var after = model.step(state, call(said[0]), known).orElseThrow();
      if (known.isPresent() && model.isReadOnly(call(said[0]), result)) {
        assertThat(after).isEqualTo(state);
      }
      state = after;
    }
  }

  private static Call call(String words) {
    var word = words.split(" ");
    return new Call(word[0], "key", Arrays.asList(word).subList(1, word.length));
  }

  @Test
  @DisplayName("a call that a model does not know is an error, and so is one without its argument")
  void unknownCallsAreErrors() {
    var nothing = Optional.<String>empty();

    assertThatThrownBy(() -> Models.counter().step(0L, call("read"), nothing))
        .hasMessage("the model knows no such call: read key");
    assertThatThrownBy(() -> Models.register().step("", call("write"), nothing))
        .hasMessage("\"write key\" has 0 arguments, not 1");
  }
}
