package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.replica.ApplierMessage.Prepared;
import dev.synod.actors.replica.ClientQueue.Proposed;
import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Proposals that are prepared before they are appended")
class ClientQueueTest {

  private static final ActorRef<Answers> CLIENT = TestInbox.<Answers>create().getRef();
  private static final ActorRef<Answers> OTHER = TestInbox.<Answers>create().getRef();

  private final ClientQueue queue = new ClientQueue(10, 0);

  private static Proposed proposed(ActorRef<Answers> client, long tag) {
    return new Proposed(client, new Proposal(tag, EntryKind.COMMAND, Bytes.EMPTY));
  }

  @Test
  @DisplayName("leave once, though their message comes twice, until they are back")
  void once() {
    var first = proposed(CLIENT, 1);

    assertThat(queue.startPreparing(List.of(first))).containsExactly(first);
    assertThat(queue.startPreparing(List.of(first, proposed(CLIENT, 2), proposed(OTHER, 1))))
        .containsExactly(proposed(CLIENT, 2), proposed(OTHER, 1));
    assertThat(queue.preparing()).isEqualTo(3);

    queue.endPreparing(new Prepared(7, List.of(first), List.of()));

    assertThat(queue.preparing()).isEqualTo(2);
    assertThat(queue.startPreparing(List.of(first))).containsExactly(first);
  }
}
