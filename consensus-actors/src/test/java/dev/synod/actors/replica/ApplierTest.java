package dev.synod.actors.replica;

import static dev.synod.actors.replica.ApplierFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.replica.ApplierMessage.Applied;
import dev.synod.actors.replica.ApplierMessage.Broken;
import dev.synod.actors.replica.ApplierMessage.SessionsChanged;
import dev.synod.actors.replica.Tally.Add;
import dev.synod.actors.replica.Tally.Get;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.core.Bytes;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Term;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An applier")
class ApplierTest {

  private final ApplierFixture t = new ApplierFixture();
  private final CommittedLog log = t.log;

  @AfterEach
  void stop() {
    t.close();
  }

  @Test
  @DisplayName("applies in order and gives a client all answers of a batch in one message")
  void oneMessageAClient() {
    var open = log.openSession();
    var first = log.command(1, 1, new Add(5));
    var second = log.command(1, 2, new Add(7));
    var other = t.kit.<dev.synod.actors.message.ClientMessage.Answers>createTestProbe();

    t.applier()
        .tell(
            t.apply(
                log.all(),
                t.waiter(open, 10),
                t.waiter(first, 11),
                new ApplierMessage.Waiter(first.index(), 20, other.ref()),
                t.waiter(second, 12)));

    assertThat(t.answers())
        .containsExactly(new Answer(10, new Outcome.Ok<>(1L, 1)), ok(11, 5, 2), ok(12, 12, 3));
    assertThat(other.receiveMessage().answers()).containsExactly(ok(20, 5, 2));
    assertThat(t.replica.receiveMessage()).isEqualTo(new SessionsChanged(List.of(1L), List.of()));
    assertThat(t.replica.receiveMessage()).isEqualTo(new Applied(3));
  }

  @Test
  @DisplayName("gives a repeated request its first reply again, with its first index")
  void repeatGivesFirstReply() {
    log.openSession();
    log.command(1, 1, new Add(5));
    log.command(1, 2, new Add(1));
    var again = log.command(1, 1, new Add(5));

    t.applier().tell(t.apply(log.all(), t.waiter(again, 7)));

    assertThat(t.answers()).containsExactly(ok(7, 5, 2));
  }

  @Test
  @DisplayName(
      "never gives a session the id of one whose opening was lost to a forced configuration")
  void sessionsOfLostEntries() {
    log.noOp();
    log.nextEra();
    var open = log.openSession();
    var lost = log.command(open.index(), 1, new Add(7));
    var first = log.command(open.term().era() + open.index(), 1, new Add(5));

    t.applier().tell(t.apply(log.all(), t.waiter(open, 6), t.waiter(lost, 7), t.waiter(first, 8)));

    var answers = t.answers();
    assertThat(answers.get(0)).isEqualTo(new Answer(6, new Outcome.Ok<>(Term.ERA + 2, 2)));
    assertThat(answers.get(1).outcome())
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.SESSION_EXPIRED));
    assertThat(answers.get(2)).isEqualTo(ok(8, 5, 4));
  }

  @Test
  @DisplayName("says unknown to a request whose answer the client said it had")
  void forgottenIsUnknown() {
    log.openSession();
    log.command(1, 1, new Add(5));
    log.command(1, 2, 2, new Add(1));
    var late = log.command(1, 1, new Add(5));
    var sum = log.command(1, 3, 2, new Add(0));

    t.applier().tell(t.apply(log.all(), t.waiter(late, 7), t.waiter(sum, 8)));

    assertThat(t.answers())
        .satisfiesExactly(
            answer -> assertThat(answer.outcome()).isInstanceOf(Outcome.Unknown.class),
            answer -> assertThat(answer).isEqualTo(ok(8, 6, 5)));
  }

  @Test
  @DisplayName("refuses a session that is closed, and one that keeps too many answers")
  void expiredAndFull() {
    log.openSession();
    log.openSession();
    log.closeSessions(1, 99);
    var expired = log.command(1, 1, new Add(1));
    log.command(2, 1, new Add(1));
    log.command(2, 2, new Add(1));
    log.command(2, 3, new Add(1));
    var full = log.command(2, 4, new Add(1));
    var acked = log.command(2, 4, 2, new Add(1));

    t.applier()
        .tell(t.apply(log.all(), t.waiter(expired, 1), t.waiter(full, 2), t.waiter(acked, 3)));

    var answers = t.answers();
    assertThat(reason(answers.get(0))).isEqualTo(Reason.SESSION_EXPIRED);
    assertThat(reason(answers.get(1))).isEqualTo(Reason.BUSY);
    assertThat(answers.get(2)).isEqualTo(ok(3, 4, 9));
    assertThat(t.replica.receiveMessage())
        .isEqualTo(new SessionsChanged(List.of(1L, 2L), List.of(1L)));
  }

  @Test
  @DisplayName("refuses a session when there are too many")
  void sessionsAreBounded() {
    for (int i = 0; i < 4; i++) {
      log.openSession();
    }
    var fifth = log.openSession();

    t.applier().tell(t.apply(log.all(), t.waiter(fifth, 5)));

    assertThat(reason(t.answers().get(0))).isEqualTo(Reason.BUSY);
  }

  @Test
  @DisplayName("keeps what a command threw as its answer: invalid, and again invalid")
  void throwIsKept() {
    log.openSession();
    var first = log.command(1, 1, new Tally.Refuse("not today"));
    var again = log.command(1, 1, new Tally.Refuse("not today"));

    t.applier().tell(t.apply(log.all(), t.waiter(first, 1), t.waiter(again, 2)));

    var answers = t.answers();
    assertThat(reason(answers.get(0))).isEqualTo(Reason.INVALID);
    assertThat(((Outcome.Rejected<Object>) answers.get(0).outcome()).text()).contains("not today");
    assertThat(answers.get(1).outcome()).isEqualTo(answers.get(0).outcome());
  }

  @Test
  @DisplayName("says unknown where the machine answers nothing: the command was applied")
  void nullIsUnknown() {
    log.openSession();
    var silent = log.command(1, 1, new Tally.Silence());

    t.applier().tell(t.apply(log.all(), t.waiter(silent, 1)));

    assertThat(t.answers().get(0).outcome()).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @DisplayName("breaks the replica when an invariant is violated, and stops")
  void violationBreaks() {
    log.openSession();
    log.command(1, 1, new Tally.Violate("two and two is five"));
    var applier = t.applier();

    applier.tell(t.apply(log.all()));

    assertThat(nextBroken().reason()).contains("two and two is five");
    t.replica.expectTerminated(applier);
  }

  @Test
  @DisplayName(
      "breaks the replica rather than skip an entry that it can't decode, and names what is"
          + " missing")
  void undecodableBreaks() {
    log.openSession();
    var alien = log.raw(new EncodedCommand(1, 1, 1, 987_654, "com.example.Gone", Bytes.utf8("x")));
    var after = log.command(1, 2, new Add(1));
    var applier = t.applier();

    applier.tell(t.question(9, new Get(), 3));
    applier.tell(t.apply(log.all(), t.waiter(alien, 1), t.waiter(after, 2)));

    assertThat(nextBroken().reason()).contains("987654").contains("com.example.Gone");
    var answers = t.answers();
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).outcome()).isInstanceOf(Outcome.Unknown.class);
    assertThat(answers.get(1).outcome()).isInstanceOf(Outcome.Unknown.class);
    assertThat(reason(answers.get(2))).isEqualTo(Reason.STOPPING);
    applier.tell(t.question(10, new Get(), 1));
    assertThat(reason(t.answers().get(0))).isEqualTo(Reason.STOPPING);
  }

  @Test
  @DisplayName("stops where an index is missing")
  void gapBreaks() {
    log.openSession();
    log.noOp();
    var applier = t.applier();

    applier.tell(t.apply(log.from(2)));

    assertThat(nextBroken().reason()).contains("one after the other");
    t.replica.expectTerminated(applier);
  }

  private Broken nextBroken() {
    while (true) {
      if (t.replica.receiveMessage() instanceof Broken broken) {
        return broken;
      }
    }
  }

  private static Reason reason(Answer answer) {
    return ((Outcome.Rejected<Object>) answer.outcome()).reason();
  }
}
