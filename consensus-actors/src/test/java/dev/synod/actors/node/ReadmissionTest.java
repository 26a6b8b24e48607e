package dev.synod.actors.node;

import static dev.synod.actors.node.NodeSamples.GROUP;
import static dev.synod.actors.node.NodeSamples.S1;
import static dev.synod.actors.node.NodeSamples.S2;
import static dev.synod.actors.node.NodeSamples.S3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Change;
import dev.synod.actors.GroupAdmin;
import dev.synod.actors.RejectedException;
import dev.synod.actors.Settling;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.Membership;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.StoreId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica that comes back without its memory")
class ReadmissionTest {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final NodeSettings SETTINGS =
      new NodeSettings(
          PAUSE, PAUSE.multipliedBy(2), 10, true, Duration.ofSeconds(1), Duration.ofSeconds(1));

  private static final Configuration FOUNDED = new Configuration(List.of(S1, S2, S3));

  /** The third one again, at the same place. */
  private static final Member S9 = new Member(StoreId.of(9), S3.node());

  private static final Change PLACE = Change.add(S9).and(Change.remove(S3.store()));

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<Asked> asked = kit.createTestProbe();

  /** What the administrators' side is asked; the version is 0 for who belongs to the group. */
  private record Asked(
      long expected, Optional<Change> change, CompletableFuture<Configuration> answer) {}

  private record ToldAdmin(ActorRef<Asked> told) implements GroupAdmin {

    @Override
    public CompletionStage<Configuration> configuration() {
      return ask(0, Optional.empty());
    }

    @Override
    public CompletionStage<Configuration> change(long expected, Change change) {
      return ask(expected, Optional.of(change));
    }

    @Override
    public CompletionStage<Member> leader() {
      throw new AssertionError("who leads does not matter");
    }

    @Override
    public CompletionStage<Member> transfer(StoreId to, Duration deadline) {
      throw new AssertionError("who leads does not matter");
    }

    @Override
    public CompletionStage<Member> transfer(Duration deadline) {
      throw new AssertionError("who leads does not matter");
    }

    private CompletionStage<Configuration> ask(long expected, Optional<Change> change) {
      var answer = new CompletableFuture<Configuration>();
      told.tell(new Asked(expected, change, answer));
      return answer;
    }
  }

  @AfterEach
  void close() {
    kit.shutdownTestKit();
  }

  @Test
  @DisplayName("takes the place of who was at its address, as a voter if that one was")
  void takesThePlace() {
    assertThat(Readmission.placeOf(S9, FOUNDED)).contains(PLACE);
    assertThat(Readmission.placeOf(S9, learning(S3)))
        .contains(Change.addLearner(S9).and(Change.remove(S3.store())));
    assertThat(Readmission.placeOf(S3, FOUNDED)).as("a member").isEmpty();
    assertThat(Readmission.placeOf(S9, new Configuration(List.of(S1, S2)))).as("gone").isEmpty();
    var witness = new Configuration(List.of(S1, S2, S3), List.of(S3.store()));
    assertThat(Readmission.placeOf(S9, witness))
        .as("a witness's")
        .contains(Change.addWitness(S9).and(Change.remove(S3.store())));
  }

  @Test
  @DisplayName("takes the place of one that was still on its way in, too")
  void replacesNewcomers() {
    var again = new Member(StoreId.of(10), S3.node());

    assertThat(Readmission.placeOf(again, underWay()))
        .contains(Change.add(again).and(Change.remove(S3.store())).and(Change.remove(S9.store())));
  }

  @Test
  @DisplayName("asks again, after pauses that double up to a bound, until it is let in")
  void asksAgain() {
    var readmission = spawn();
    for (int pauses : new int[] {1, 2, 2}) {
      asked.receiveMessage().answer().complete(FOUNDED);
      var change = asked.receiveMessage();
      assertThat(change.change()).contains(PLACE);
      assertThat(change.expected()).isEqualTo(FOUNDED.version());
      change.answer().completeExceptionally(new RejectedException(Reason.BUSY, "another change"));
      nothingIsAskedFor(PAUSE.multipliedBy(pauses).minusMillis(1), readmission);
      time.timePasses(Duration.ofMillis(1));
    }

    asked.receiveMessage().answer().complete(new Configuration(List.of(S1, S2, S9)));

    asked.expectTerminated(readmission);
  }

  @Test
  @DisplayName("does not count itself let in while the change may be undone")
  void waitsForTheEndOfTheChange() {
    var readmission = spawn();
    asked.receiveMessage().answer().complete(underWay());
    nothingIsAskedFor(PAUSE.minusMillis(1), readmission);
    time.timePasses(Duration.ofMillis(1));

    asked.receiveMessage().answer().complete(FOUNDED);

    assertThat(asked.receiveMessage().change()).as("undone").contains(PLACE);
  }

  @Test
  @DisplayName("gives up when an administrator has given up its place")
  void givesUp() {
    var readmission = spawn();

    asked.receiveMessage().answer().complete(new Configuration(List.of(S1, S2)));

    asked.expectTerminated(readmission);
  }

  private void nothingIsAskedFor(Duration duration, ActorRef<?> readmission) {
    Settling.await(readmission);
    time.timePasses(duration);
    Settling.await(readmission);
    asked.expectNoMessage(Duration.ZERO);
  }

  private ActorRef<Readmission.Task> spawn() {
    return kit.spawn(
        Settling.of(Readmission.create(GROUP, new ToldAdmin(asked.ref()), S9, SETTINGS)));
  }

  private static Configuration learning(Member learner) {
    return new Configuration(
        2,
        List.of(S1, S2, learner),
        Membership.of(List.of(S1.store(), S2.store()), List.of(learner.store())),
        Optional.of(new UUID(1, 1)),
        Optional.empty());
  }

  /** S9 learns, and is to vote in place of S3. */
  private static Configuration underWay() {
    var voters = List.of(S1.store(), S2.store(), S3.store());
    return new Configuration(
        2,
        List.of(S1, S2, S3, S9),
        Membership.of(voters, List.of(S9.store())),
        Optional.of(new UUID(1, 1)),
        Optional.of(Membership.of(List.of(S1.store(), S2.store(), S9.store()))));
  }
}
