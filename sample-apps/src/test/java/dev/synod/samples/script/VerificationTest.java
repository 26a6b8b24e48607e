package dev.synod.samples.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.samples.chat.Chat;
import dev.synod.samples.chat.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The verification of a run")
class VerificationTest {

  private static final Message HELLO = message(3, "hello");
  private static final Message BYE = message(8, "bye");

  private final Ledger ledger = new Ledger();

  @Test
  @DisplayName("is good if all that was acknowledged is there once, everywhere")
  void good() {
    ledger.addAcknowledged(5);
    ledger.messageAcknowledged(HELLO);

    var report = verify(10, 15, Map.of("n1", List.of(HELLO, BYE), "n2", List.of(HELLO, BYE)));

    assertThat(report.problems()).isEmpty();
    assertThat(report.summary()).startsWith("acknowledged 1 adds and 1 messages");
  }

  @Test
  @DisplayName("lets an unknown add count or not, but not in part")
  void unknownAdds() {
    ledger.addAcknowledged(10);
    ledger.addUnknown(3);
    ledger.addUnknown(-4);

    assertThat(LongStream.rangeClosed(0, 20).filter(it -> verify(0, it, Map.of()).isGood()).boxed())
        .containsExactly(10L - 4, 10L + 3 - 4, 10L, 10L + 3);
  }

  @Test
  @DisplayName("notices a lost add")
  void lostAdd() {
    ledger.addAcknowledged(5);

    assertThat(verify(0, 0, Map.of()).problems())
        .singleElement()
        .asString()
        .startsWith("the counter grew by 0, but 5 was acknowledged");
  }

  @Test
  @DisplayName("notices an add that was counted twice")
  void addCountedTwice() {
    ledger.addAcknowledged(5);

    assertThat(verify(0, 10, Map.of()).isGood()).isFalse();
  }

  @Test
  @DisplayName("notices a lost message")
  void lostMessage() {
    ledger.messageAcknowledged(HELLO);

    assertThat(verify(0, 0, Map.of("n1", List.of(BYE))).problems())
        .singleElement()
        .asString()
        .startsWith("n1: acknowledged was");
  }

  @Test
  @DisplayName("notices a message that stands elsewhere than was said")
  void movedMessage() {
    ledger.messageAcknowledged(HELLO);

    assertThat(verify(0, 0, Map.of("n1", List.of(message(4, "hello")))).isGood()).isFalse();
  }

  @Test
  @DisplayName("notices a message that is there twice")
  void messageTwice() {
    var again = new Message(9, HELLO.id(), HELLO.author(), HELLO.text(), HELLO.sentMillis());

    assertThat(verify(0, 0, Map.of("n1", List.of(HELLO, again))).problems())
        .singleElement()
        .asString()
        .contains("is there twice");
  }

  @Test
  @DisplayName("notices messages out of order")
  void outOfOrder() {
    assertThat(verify(0, 0, Map.of("n1", List.of(BYE, HELLO))).problems())
        .containsExactly("n1: message 3 stands after 8");
  }

  @Test
  @DisplayName("notices nodes that differ")
  void nodesDiffer() {
    assertThat(verify(0, 0, Map.of("n1", List.of(HELLO), "n2", List.of())).problems())
        .singleElement()
        .asString()
        .endsWith("differ");
  }

  @Test
  @DisplayName("does not look for what a full room has let go of, and says so")
  void beyondTheRoom() {
    ledger.messageAcknowledged(HELLO);
    var full =
        LongStream.range(0, Chat.MESSAGES_MAX).mapToObj(it -> message(100 + it, "m" + it)).toList();

    var report = verify(0, 0, Map.of("n1", full));

    assertThat(report.isGood()).isTrue();
    assertThat(report.summary()).contains("1 looks were beyond the room's end");
  }

  private Verification.Report verify(long before, long after, Map<String, List<Message>> rooms) {
    return Verification.of(ledger.told(), before, after, rooms);
  }

  private static Message message(long index, String text) {
    return new Message(index, "id-" + text, "ann", text, 1);
  }
}
