package dev.synod.actors.client;

import static dev.synod.actors.client.ClientFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client's reads")
class ReadsTest {

  private static final Outcome<Object> SUM = new Outcome.Ok<>("sum", 7);

  private final ClientFixture client = new ClientFixture();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  @DisplayName("need no session, and come back with the reply")
  void reply() {
    client.hosted(client.one);
    client.ref.read("get", Read.linearizable(), client.caller.ref());
    var ask = client.one.expectMessageClass(Ask.class);
    client.answer(ask, Optional.empty(), SUM);

    assertThat(ask.questions().get(0).query()).isEqualTo("get");
    client.expectOk("sum");
  }

  @Test
  @DisplayName("that must be linearizable follow the leader")
  void linearizableReadsFollowTheLeader() {
    client.hosted(client.one);
    client.ref.read("get", Read.linearizable(), client.caller.ref());
    client.answer(
        client.one.expectMessageClass(Ask.class),
        Optional.of(client.two.ref()),
        refusal(Reason.NO_LEADER));
    client.answer(client.two.expectMessageClass(Ask.class), Optional.empty(), SUM);

    client.expectOk("sum");
  }

  @Test
  @DisplayName("that must be linearizable ask the local replica, though another one leads")
  void linearizableReadsStayHere() {
    client.hosted(client.one);
    client.submit("a");
    client.refuse(client.opening(client.one), Reason.NO_LEADER, client.two);
    client.opening(client.two);
    client.ref.read("get", Read.linearizable(), client.caller.ref());

    client.answer(client.one.expectMessageClass(Ask.class), Optional.empty(), SUM);

    client.expectOk("sum");
  }

  @Test
  @DisplayName("by the leader's lease go to the leader")
  void leaseReadsGoToTheLeader() {
    client.hosted(client.one);
    client.submit("a");
    client.refuse(client.opening(client.one), Reason.NO_LEADER, client.two);
    client.opening(client.two);
    client.ref.read("get", Read.lease(), client.caller.ref());

    client.answer(client.two.expectMessageClass(Ask.class), Optional.empty(), SUM);

    client.expectOk("sum");
  }

  @Test
  @DisplayName("leave a local replica that failed alone, for a pause or for some reads")
  void comeBack() {
    client.hosted(client.one);
    client.ref.read("get", Read.linearizable(), client.caller.ref());
    client.answer(
        client.one.expectMessageClass(Ask.class),
        Optional.of(client.two.ref()),
        refusal(Reason.NO_LEADER));
    client.answer(client.two.expectMessageClass(Ask.class), Optional.empty(), SUM);
    client.expectOk("sum");
    for (int i = 0; i < Route.SKIPS_MAX; i++) {
      client.ref.read("get", Read.linearizable(), client.caller.ref());
      client.answer(client.two.expectMessageClass(Ask.class), Optional.empty(), SUM);
      client.expectOk("sum");
    }

    client.ref.read("get", Read.linearizable(), client.caller.ref());

    client.one.expectMessageClass(Ask.class);
  }

  @Test
  @DisplayName("go on with their search where the local one never answers, as a witness")
  void witnessHere() {
    var three = client.kit.<ReplicaMessage>createTestProbe();
    client.hosted(client.one);
    client.located(client.two);
    client.located(three);
    client.ref.read("get", Read.stale(), client.caller.ref());
    refuseHere();
    client.pausePassesTickByTick();
    client.two.expectMessageClass(Ask.class);
    client.attemptTimesOut();
    refuseHere();
    client.pausePassesTickByTick();
    client.answer(three.expectMessageClass(Ask.class), Optional.empty(), SUM);

    client.expectOk("sum");
  }

  private void refuseHere() {
    client.answer(
        client.one.expectMessageClass(Ask.class), Optional.empty(), refusal(Reason.NO_LEADER));
  }

  @Test
  @DisplayName("that any replica may answer go to the local one, though another one leads")
  void staleReadsStayHere() {
    client.hosted(client.one);
    client.ref.read("get", Read.linearizable(), client.caller.ref());
    client.answer(
        client.one.expectMessageClass(Ask.class),
        Optional.of(client.two.ref()),
        refusal(Reason.NO_LEADER));
    client.answer(client.two.expectMessageClass(Ask.class), Optional.empty(), SUM);
    client.ref.read("get", Read.stale(), client.caller.ref());
    client.answer(client.one.expectMessageClass(Ask.class), Optional.empty(), SUM);
    client.ref.read("get", Read.atLeast(3), client.caller.ref());
    client.answer(client.one.expectMessageClass(Ask.class), Optional.empty(), SUM);

    client.expectOk("sum", "sum", "sum");
  }

  @Test
  @DisplayName("that any replica may answer go to the next one, if the local one refuses")
  void staleReadsMoveOn() {
    client.hosted(client.one);
    client.located(client.two);
    client.ref.read("get", Read.stale(), client.caller.ref());
    client.answer(
        client.one.expectMessageClass(Ask.class), Optional.empty(), refusal(Reason.NOT_HOSTED));
    client.pausePassesTickByTick();
    client.answer(client.two.expectMessageClass(Ask.class), Optional.empty(), SUM);

    client.expectOk("sum");
  }

  @Test
  @DisplayName("are tried again while there is time, and are rejected in the end, never unknown")
  void neverUnknown() {
    client.hosted(client.one);
    client.ref.read("get", Read.linearizable(), client.caller.ref());
    client.one.expectMessageClass(Ask.class);
    client.attemptTimesOut();
    client.pausePasses();
    client.one.expectMessageClass(Ask.class);
    client.deadlinePasses();

    client.expectRejected(Reason.NO_LEADER);
  }

  @Test
  @DisplayName("are rejected at once, if the query is refused")
  void invalid() {
    client.hosted(client.one);
    client.ref.read("get", Read.stale(), client.caller.ref());
    client.answer(
        client.one.expectMessageClass(Ask.class), Optional.empty(), refusal(Reason.INVALID));

    client.expectRejected(Reason.INVALID);
  }

  @Test
  @DisplayName("are rejected as busy, if as many are under way as may")
  void bounded() {
    for (int i = 0; i <= ClientFixture.READS; i++) {
      client.ref.read("get", Read.stale(), client.caller.ref());
    }

    client.expectRejected(Reason.BUSY);
    client.caller.expectNoMessage();
  }
}
