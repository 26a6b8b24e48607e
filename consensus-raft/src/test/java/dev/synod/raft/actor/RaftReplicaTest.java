package dev.synod.raft.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.core.StoreId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@DisplayName("Three replicas: from a proposal to three disks and back")
class RaftReplicaTest {

  private final Trio trio = new Trio();

  @AfterEach
  void stop() {
    trio.close();
  }

  @Test
  @DisplayName("a command is applied once, however often it is sent, and also by the next leader")
  void exactlyOnceAcrossLeaders() {
    StoreId first = trio.awaitLeader();
    long session = openSession(first);

    assertThat(replyOf(first, session, 1, 5)).isEqualTo(5L);
    assertThat(replyOf(first, session, 1, 5)).isEqualTo(5L);
    trio.crash(first);
    StoreId second = trio.awaitLeader();

    assertThat(second).isNotEqualTo(first);
    assertThat(replyOf(second, session, 1, 5)).isEqualTo(5L);
    assertThat(replyOf(second, session, 2, 1)).isEqualTo(6L);
  }

  @Test
  @DisplayName("what was acknowledged is there after all three have crashed")
  void nothingAcknowledgedIsLost() {
    StoreId leader = trio.awaitLeader();
    long session = openSession(leader);
    long sum = 0;
    for (int i = 1; i <= 50; i++) {
      sum = replyOf(leader, session, i, i);
    }
    var all = trio.running();

    all.forEach(trio::crash);
    all.forEach(trio::restart);
    StoreId next = trio.awaitLeader();

    assertThat(sum).isEqualTo(50 * 51 / 2);
    assertThat(trio.read(next, Read.linearizable()).outcome())
        .isInstanceOfSatisfying(Outcome.Ok.class, ok -> assertThat(ok.reply()).isEqualTo(1275L));
  }

  @Test
  @DisplayName("a write's index lets any replica answer a read that sees it")
  void readYourWritesAnywhere() {
    StoreId leader = trio.awaitLeader();
    long session = openSession(leader);
    var ok = (Outcome.Ok<Object>) trio.propose(leader, trio.add(session, 1, 3), session).outcome();

    for (StoreId replica : trio.running()) {
      assertThat(trio.read(replica, Read.atLeast(ok.index())).outcome())
          .isInstanceOfSatisfying(Outcome.Ok.class, read -> assertThat(read.reply()).isEqualTo(3L));
    }
  }

  private long openSession(StoreId leader) {
    var answer =
        trio.propose(leader, new Proposal(99, EntryKind.OPEN_SESSION, Bytes.EMPTY), 0).outcome();
    return (Long) ((Outcome.Ok<Object>) answer).reply();
  }

  private long replyOf(StoreId leader, long session, long request, long amount) {
    var answer = trio.propose(leader, trio.add(session, request, amount), session).outcome();
    return (Long) ((Outcome.Ok<Object>) answer).reply();
  }
}
