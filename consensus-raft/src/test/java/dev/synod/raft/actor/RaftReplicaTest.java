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
    long session = openSession();

    assertThat(replyOf(session, 1, 5)).isEqualTo(5L);
    assertThat(replyOf(session, 1, 5)).isEqualTo(5L);
    StoreId first = trio.awaitLeader();
    trio.crash(first);

    assertThat(replyOf(session, 1, 5)).isEqualTo(5L);
    assertThat(replyOf(session, 2, 1)).isEqualTo(6L);
  }

  @Test
  @DisplayName("what was acknowledged is there after all three have crashed")
  void nothingAcknowledgedIsLost() {
    long session = openSession();
    long sum = 0;
    for (int i = 1; i <= 50; i++) {
      sum = replyOf(session, i, i);
    }
    var all = trio.running();

    all.forEach(trio::crash);
    all.forEach(trio::restart);
    StoreId next = trio.awaitLeader();

    assertThat(sum).isEqualTo(50 * 51 / 2);
    assertThat(trio.read(next).reply()).isEqualTo(1275L);
  }

  @Test
  @DisplayName("a write's index lets any replica answer a read that sees it")
  void readYourWritesAnywhere() {
    long session = openSession();
    var ok = trio.propose(trio.add(session, 1, 3), session);

    for (StoreId replica : trio.running()) {
      assertThat(trio.read(replica, Read.atLeast(ok.index())))
          .isInstanceOfSatisfying(Outcome.Ok.class, it -> assertThat(it.reply()).isEqualTo(3L));
    }
  }

  private long openSession() {
    var opening = new Proposal(0, EntryKind.OPEN_SESSION, Bytes.EMPTY);
    return (Long) trio.propose(opening, 0).reply();
  }

  private long replyOf(long session, long request, long amount) {
    return (Long) trio.propose(trio.add(session, request, amount), session).reply();
  }
}
