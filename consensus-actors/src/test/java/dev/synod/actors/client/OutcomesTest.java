package dev.synod.actors.client;

import static dev.synod.actors.client.ClientFixture.command;
import static dev.synod.actors.client.ClientFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What a caller is told of a command")
class OutcomesTest {

  private final ClientFixture client = ClientFixture.withSession();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  @DisplayName("the reply, when there is one")
  void reply() {
    client.submit("add");
    client.ok(client.proposal(client.one), "sum");

    client.expectOk("sum");
  }

  @Test
  @DisplayName("unknown at the deadline, if a try was never answered")
  void anUnansweredTryMakesTheOutcomeUnknown() {
    client.submit("add");
    client.proposal(client.one);
    client.deadlinePasses();

    client.expectUnknown();
  }

  @Test
  @DisplayName("unknown at the deadline, if one try was never answered and all others were refused")
  void aRefusalDoesNotHealAnUnansweredTry() {
    client.located(client.two);
    client.submit("add");
    client.proposal(client.one);
    client.attemptTimesOut();
    client.refuse(client.proposal(client.two), Reason.BUSY);
    client.deadlinePasses();

    client.expectUnknown();
  }

  @Test
  @DisplayName("rejected at the deadline, with the last reason, if every try was refused")
  void rejectedIfEveryTryWasRefused() {
    client.submit("add");
    client.refuse(client.proposal(client.one), Reason.NO_LEADER);
    client.refuseAllUntilDeadline(client.one, Reason.BUSY);

    client.expectRejected(Reason.BUSY);
  }

  @Test
  @DisplayName("rejected, if the refusal of an early try comes late, but before the deadline")
  void aLateRefusalMakesCertain() {
    client.located(client.two);
    client.submit("add");
    var first = client.proposal(client.one);
    client.attemptTimesOut();
    var second = client.proposal(client.two);
    client.refuse(first, Reason.NO_LEADER);
    client.refuse(second, Reason.INVALID);

    client.expectRejected(Reason.INVALID);
  }

  @Test
  @DisplayName("the reply to an early try, when it comes late")
  void aLateReplyCounts() {
    client.located(client.two);
    client.submit("add");
    var first = client.proposal(client.one);
    client.attemptTimesOut();
    client.proposal(client.two);
    client.ok(first, "sum");

    client.expectOk("sum");
  }

  @Test
  @DisplayName("a refusal that comes twice is not taken for that of another try")
  void aRepeatedRefusalCountsOnce() {
    client.submit("add");
    var first = client.proposal(client.one);
    client.refuse(first, Reason.BUSY);
    client.pausePasses();
    var second = client.proposal(client.one);
    client.refuse(first, Reason.INVALID);
    client.caller.expectNoMessage();
    client.ok(second, "sum");

    client.expectOk("sum");
  }

  @Test
  @DisplayName("rejected at once, if it is invalid and no other try is open")
  void invalidAtOnce() {
    client.submit("add");
    client.refuse(client.proposal(client.one), Reason.INVALID);

    client.expectRejected(Reason.INVALID);
  }

  @Test
  @DisplayName("unknown at once, if it is called invalid while another try is open")
  void invalidAfterAnOpenTry() {
    client.located(client.two);
    client.submit("add");
    client.proposal(client.one);
    client.attemptTimesOut();
    client.refuse(client.proposal(client.two), Reason.INVALID);

    client.expectUnknown();
  }

  @Test
  @DisplayName("rejected at once, if the leader can't write any more")
  void storageAtOnce() {
    client.submit("add");
    client.refuse(client.proposal(client.one), Reason.STORAGE);

    client.expectRejected(Reason.STORAGE);
  }

  @Test
  @DisplayName("the reply of the next leader, if the last one can't write and knows the next")
  void storageButTheLeaderMoved() {
    client.submit("add");
    client.refuse(client.proposal(client.one), Reason.STORAGE, client.two);
    client.pausePasses();
    client.ok(client.proposal(client.two), "sum");

    client.expectOk("sum");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"NO_LEADER", "NOT_HOSTED", "STOPPING", "BUSY"})
  @DisplayName("nothing yet, after a refusal that may pass: the same request is sent again")
  void passingRefusalsAreRetried(Reason reason) {
    client.submit("add");
    var first = client.proposal(client.one);
    client.refuse(first, reason);
    client.pausePasses();
    var second = client.proposal(client.one);
    client.ok(second, "sum");

    assertThat(second.proposals().get(0).payload()).isEqualTo(first.proposals().get(0).payload());
    assertThat(second.proposals().get(0).tag()).isNotEqualTo(first.proposals().get(0).tag());
    client.expectOk("sum");
  }

  @Test
  @DisplayName("nothing yet, after a replica said unknown: asked again, the group knows")
  void unknownIsAskedAgain() {
    client.submit("add");
    var first = client.proposal(client.one);
    client.answer(first, Optional.empty(), new Outcome.Unknown<>("stepped down"));
    client.pausePasses();
    var second = client.proposal(client.one);
    client.ok(second, "sum");

    assertThat(command(second, 0)).isEqualTo(command(first, 0));
    client.expectOk("sum");
  }

  @Test
  @DisplayName("unknown at the deadline, if a replica said unknown and the rest refused")
  void unknownIsNeverForgotten() {
    client.submit("add");
    client.answer(
        client.proposal(client.one), Optional.empty(), new Outcome.Unknown<>("stepped down"));
    client.pausePasses();
    client.answer(client.proposal(client.one), Optional.empty(), refusal(Reason.INVALID));

    client.expectUnknown();
  }

  @Test
  @DisplayName("the reply, if the session had ended before the first try: a new one is opened")
  void expiredSessionOnTheFirstTry() {
    client.submit("add");
    client.refuse(client.proposal(client.one), Reason.SESSION_EXPIRED);
    client.ok(client.opening(client.one), 77L);
    var again = client.proposal(client.one);
    client.ok(again, "sum");

    assertThat(command(again, 0).session()).isEqualTo(77);
    assertThat(command(again, 0).request()).isEqualTo(1);
    client.expectOk("sum");
  }

  @Test
  @DisplayName("unknown, if the session has ended when an unanswered try is repeated")
  void expiredSessionOnARetry() {
    client.located(client.two);
    client.submit("add");
    client.proposal(client.one);
    client.attemptTimesOut();
    client.refuse(client.proposal(client.two), Reason.SESSION_EXPIRED);

    client.expectUnknown();
  }

  @Test
  @DisplayName("when the client stops: rejected if never sent, unknown if under way")
  void stopping() {
    for (int i = 0; i < ClientFixture.WINDOW; i++) {
      client.submit("add");
    }
    client.proposals(client.one, ClientFixture.WINDOW);
    for (int i = 0; i <= ClientFixture.WAITING; i++) {
      client.submit("add");
    }
    client.expectRejected(Reason.BUSY); // the last one, so all others have come
    client.kit.stop(client.client);

    for (int i = 0; i < ClientFixture.WINDOW; i++) {
      client.expectUnknown();
    }
    for (int i = 0; i < ClientFixture.WAITING; i++) {
      client.expectRejected(Reason.STOPPING);
    }
  }
}
