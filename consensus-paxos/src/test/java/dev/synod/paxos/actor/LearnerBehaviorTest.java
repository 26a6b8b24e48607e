package dev.synod.paxos.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Majority;
import dev.synod.core.Outcome;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Content;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A learner, as an actor,")
class LearnerBehaviorTest extends ActorFixture {

  private static LearnerMessage accepted(String key, StoreId from) {
    return new LearnerMessage.Hear(key, new PaxosMessage.Accepted<>(from, LOW, A));
  }

  @Test
  @DisplayName("tells those who ask before and after it knows, of its own decision")
  void tells() {
    var learner =
        kit.spawn(
            LearnerBehavior.of(
                KEY, Majority.of(List.of(S1, S2, S3)), PEERS, settings("asking-max = 1")));
    var early = kit.<Outcome<Content>>createTestProbe();
    var tooMany = kit.<Outcome<Content>>createTestProbe();
    var late = kit.<Outcome<Content>>createTestProbe();
    learner.tell(new LearnerMessage.Ask(early.getRef()));
    learner.tell(new LearnerMessage.Ask(tooMany.getRef()));
    learner.tell(accepted(KEY, S1));
    learner.tell(accepted("other", S2));

    assertThat(((Outcome.Rejected<Content>) tooMany.receiveMessage()).reason())
        .isEqualTo(Outcome.Reason.BUSY);
    early.expectNoMessage(LOOK);
    learner.tell(accepted(KEY, S3));
    early.expectMessage(new Outcome.Ok<>(A, 0));
    learner.tell(new LearnerMessage.Ask(late.getRef()));
    late.expectMessage(new Outcome.Ok<>(A, 0));
  }
}
