package dev.synod.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A history is recorded, printed and read back")
class HistoryTest {

  private final AtomicLong time = new AtomicLong();
  private final HistoryRecorder recorder = new HistoryRecorder(time::incrementAndGet);

  @Test
  @DisplayName("what was recorded reads back the same from its text")
  void textReadsBack() {
    recorder.invoke("c1", "write", "x", "two words").ok();
    recorder.invoke("c \"2\"", "cas", "", 1, Optional.empty()).rejected("busy\nnow # \\ \t-");
    recorder.invoke("-", "write", "-", "").unknown("timeout");
    recorder.invoke("c1", "read", "x").ok(4);
    recorder.invoke("c1", "read", "x");
    var history = recorder.history();

    assertThat(History.parse(history.toString())).isEqualTo(history);
    assertThat(history.operations().get(1).call().arguments()).containsExactly("1", "nil");
  }

  @Test
  @DisplayName("an event is a line that a person can read")
  void linesAreReadable() {
    recorder.invoke("c1", "write", "x", 4).ok();
    recorder.invoke("c1", "read", "x").ok(4);

    assertThat(recorder.history().toString().lines().map(String::strip))
        .containsExactly(
            "1  c1    invoke   write x 4",
            "2  c1    ok         # write x 4",
            "3  c1    invoke   read x",
            "4  c1    ok       4  # read x");
  }

  @Test
  @DisplayName("an operation that is unknown or not answered never ends")
  void unknownNeverEnds() {
    recorder.invoke("c1", "add", "n", 1).unknown("timeout");
    recorder.invoke("c1", "add", "n", 2);
    recorder.invoke("c2", "get", "n").ok(0);

    var operations = recorder.history().operations();

    assertThat(operations)
        .extracting(Operation::ending)
        .containsExactly(Ending.UNKNOWN, Ending.UNKNOWN, Ending.OK);
    assertThat(operations.get(0).precedes(operations.get(2))).isFalse();
    assertThat(operations.get(1).endedAt()).isEqualTo(Operation.NEVER);
    assertThat(operations.get(0).result()).isEmpty();
  }

  @Test
  @DisplayName("a prefix leaves open what it does not see the end of")
  void prefixLeavesOpen() {
    recorder.invoke("c1", "read", "x").ok(4);

    assertThat(recorder.history().prefix(1).operations().get(0).ending()).isEqualTo(Ending.UNKNOWN);
  }

  @Test
  @DisplayName("some calls of it are a history, too, with their ends")
  void onlySomeCalls() {
    var write = recorder.invoke("c1", "write", "x", 4);
    recorder.invoke("c2", "add", "n", 1).ok(1);
    write.ok();
    recorder.invoke("c1", "get", "n").ok(1);
    recorder.invoke("c2", "read", "x");

    var about = recorder.history().only(call -> call.key().equals("x"));

    assertThat(about.operations())
        .extracting(operation -> operation.call() + " " + operation.ending())
        .containsExactly("write x 4 OK", "read x UNKNOWN");
    assertThat(about.events()).hasSize(3);
  }

  @Test
  @DisplayName("the three outcomes of a group's client become the three endings")
  void outcomesBecomeEndings() {
    recorder.invoke("c1", "add", "n", 1).end(new Outcome.Ok<>(1L, 7));
    recorder.invoke("c1", "add", "n", 1).end(new Outcome.Rejected<>(Outcome.Reason.BUSY, "full"));
    recorder.invoke("c1", "add", "n", 1).end(new Outcome.Unknown<>("no answer"));

    assertThat(recorder.history().operations())
        .extracting(operation -> operation.end().ending() + " " + operation.end().text())
        .containsExactly("OK 1", "REJECTED full", "UNKNOWN no answer");
  }

  @Test
  @DisplayName("a client that asks twice, is answered twice, or one event too many is an error")
  void misuseIsAnError() {
    var pending = recorder.invoke("c1", "get", "n");
    assertThatThrownBy(() -> recorder.invoke("c1", "get", "n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("c1 asks twice at once");
    pending.ok(1);
    assertThat(pending.ended()).isTrue();
    assertThatThrownBy(() -> pending.ok(1)).hasMessage("c1 was answered already");

    var small = new HistoryRecorder(time::get, 1);
    var last = small.invoke("c1", "get", "n");
    assertThatThrownBy(() -> last.ok(1)).hasMessage("the history is full: eventsMax is 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 c1 ok               | event 0: is answered unasked",
        "1 c1                  | time, client and event are wanted",
        "x c1 ok               | \"x c1 ok\"",
        "1 c1 done             | line 1",
        "1 c1 invoke read      | invoke wants a name and a key (or -)",
        "1 c1 invoke \"read x  | a quote is not closed",
      })
  @DisplayName("text that is no history is refused with the reason")
  void otherTextIsRefused(String text, String reason) {
    assertThatThrownBy(() -> History.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  @DisplayName("time never falls, and a client does one thing at a time")
  void eventsAreInOrder() {
    var read = Call.of("read", "x");
    assertThatThrownBy(
            () ->
                new History(
                    List.of(new Event.Invoke(2, "c1", read), new Event.Invoke(1, "c2", read))))
        .hasMessage("event 1: time falls");
    assertThatThrownBy(
            () ->
                new History(
                    List.of(new Event.Invoke(1, "c1", read), new Event.Invoke(1, "c1", read))))
        .hasMessage("event 1: asks twice at once");
  }
}
