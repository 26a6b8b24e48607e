package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.replica.ApplierMessage.Waiter;
import dev.synod.actors.replica.ClientQueue.Proposed;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Proposals that have no entry yet")
class ProposalQueueTest {

  private static final ActorRef<Answers> CLIENT = TestInbox.<Answers>create().getRef();

  private final ProposalQueue queue = new ProposalQueue();

  /** A try of that request, under that tag. */
  private static Proposed request(long number, long tag) {
    var command = new EncodedCommand(5, number, 1, 1, "", Bytes.EMPTY);
    return new Proposed(CLIENT, new Proposal(tag, EntryKind.COMMAND, command.encode()));
  }

  private static Proposed session(long tag) {
    return new Proposed(CLIENT, new Proposal(tag, EntryKind.OPEN_SESSION, Bytes.EMPTY));
  }

  private List<Long> add(Proposed... proposals) {
    return queue.add(Arrays.asList(proposals)).stream().map(Waiter::tag).toList();
  }

  private List<Long> take(int most) {
    return queue.take(most).stream().map(one -> one.proposal().tag()).toList();
  }

  @Test
  @DisplayName("are taken in their order, some or all")
  void order() {
    assertThat(add(request(1, 11), request(2, 12), request(3, 13))).isEmpty();

    assertThat(take(2)).containsExactly(11L, 12L);
    assertThat(queue.size()).isEqualTo(1);
    assertThat(take(2)).containsExactly(13L);
    assertThat(take(2)).isEmpty();
  }

  @Test
  @DisplayName("give their place to later tries if they were left")
  void laterTry() {
    add(request(1, 11), request(2, 12), session(13), request(4, 14));
    take(1);

    assertThat(add(request(2, 22), session(23), request(1, 21))).containsExactly(12L, 13L);
    assertThat(add(request(2, 32))).containsExactly(22L);
    assertThat(take(9)).containsExactly(32L, 23L, 14L, 21L);
  }

  @Test
  @DisplayName(
      "are all taken if nothing is ever left: whether another try is under way shows later")
  void nothingIsLeft() {
    assertThat(add(request(1, 11), request(1, 12))).isEmpty();
    assertThat(take(9)).containsExactly(11L, 12L);
    assertThat(add(request(1, 13))).isEmpty();
    assertThat(take(9)).containsExactly(13L);
  }

  @Test
  @DisplayName("of which several tries came before any was left are one when more come")
  void twoTriesAreLeft() {
    add(request(1, 11), request(2, 12), request(3, 13), request(2, 22));
    take(1);

    assertThat(add(request(2, 32))).containsExactly(12L, 22L);
    assertThat(take(9)).containsExactly(32L, 13L);
  }

  @Test
  @DisplayName("are not replaced by the same message, come twice")
  void sameTryTwice() {
    add(request(1, 11), request(2, 12), request(2, 12));
    take(1);

    assertThat(add(request(2, 12))).isEmpty();
    assertThat(add(request(2, 22))).containsExactly(12L);
    assertThat(add(request(2, 22))).isEmpty();
    assertThat(take(9)).containsExactly(22L);
  }

  @Test
  @DisplayName("are taken as they are if nothing more came")
  void nothingMoreCame() {
    add(request(1, 11), request(2, 12), request(2, 22));
    take(1);

    assertThat(take(1)).containsExactly(12L);
    assertThat(add(request(2, 32))).containsExactly(22L);
    assertThat(take(9)).containsExactly(32L);
    assertThat(queue.size()).isZero();
  }

  @Test
  @DisplayName("of requests whose turn has come may come again")
  void comesAgain() {
    add(request(1, 11), request(2, 12), request(3, 13));
    take(1);
    add(request(4, 14));
    take(1);

    assertThat(add(request(2, 22))).isEmpty();
    assertThat(add(request(2, 32))).containsExactly(22L);
    assertThat(take(9)).containsExactly(13L, 14L, 32L);
  }
}
