package dev.synod.actors.node;

import static dev.synod.actors.node.NodeSamples.FOUNDED;
import static dev.synod.actors.node.NodeSamples.GROUP;
import static dev.synod.actors.node.NodeSamples.NAMED;
import static dev.synod.actors.node.NodeSamples.S1;
import static dev.synod.actors.node.NodeSamples.S2;
import static dev.synod.actors.node.NodeSamples.S3;
import static dev.synod.actors.node.NodeSamples.hello;
import static dev.synod.actors.node.NodeSamples.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.NodeMessage.Hello;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.meters.Meters;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica as its node knows it")
class ResidentTest {

  private static final ActorRef<ReplicaMessage> REPLICA =
      TestInbox.<ReplicaMessage>create().getRef();
  private static final Member S4 = member(4);

  private final Resident resident =
      new Resident(GROUP, S1, NAMED, REPLICA, Meters.NONE.replica(GROUP));

  @BeforeEach
  void founded() {
    resident.founded(FOUNDED);
  }

  @Test
  @DisplayName("misses members that came after all it knows of, once another one names them")
  void laterMembers() {
    resident.heard(from(S2, FOUNDED, Optional.empty()));
    resident.heard(from(S3, FOUNDED, Optional.empty()));
    assertThat(resident.missing()).isEmpty();

    var news = from(S2, FOUNDED, Optional.of(configuration(2, S1, S2, S3, S4)));
    assertThat(resident.learnsOfOthers(news)).isTrue();
    assertThat(resident.missing()).containsExactly(S4.node().address());
    assertThat(resident.learnsOfOthers(news)).as("twice").isFalse();
  }

  @Test
  @DisplayName("misses also who has left by others' word: by its own log's it needs their votes")
  void whoLeftByOthersWord() {
    var news = from(S2, FOUNDED, Optional.of(configuration(2, S1, S2)));

    assertThat(resident.learnsOfOthers(news)).isTrue();
    assertThat(resident.missing()).contains(S3.node().address());
    resident.reconfigured(List.of(configuration(2, S1, S2)));
    assertThat(resident.missing()).doesNotContain(S3.node().address());
  }

  @Test
  @DisplayName("believes no older configuration than its own")
  void olderNews() {
    resident.reconfigured(List.of(configuration(3, S1, S2, S3)));

    var old = from(S2, FOUNDED, Optional.of(configuration(2, S1, S2, S3, S4)));
    assertThat(resident.learnsOfOthers(old)).isFalse();
    assertThat(resident.missing()).doesNotContain(S4.node().address());
  }

  @Test
  @DisplayName("misses who is let in again, though it was met before: it may have restarted")
  void whoReturns() {
    resident.heard(from(S2, FOUNDED, Optional.empty()));
    resident.heard(from(S3, FOUNDED, Optional.empty()));
    resident.reconfigured(List.of(configuration(2, S1, S2)));
    assertThat(resident.missing()).isEmpty();

    resident.reconfigured(List.of(configuration(3, S1, S2, S3)));
    assertThat(resident.missing()).containsExactly(S3.node().address());
  }

  @Test
  @DisplayName("misses members of an older configuration as long as that has a say")
  void elderMembers() {
    resident.heard(from(S2, FOUNDED, Optional.empty()));
    var elder = configuration(2, S1, S2, S4);
    var newest = configuration(3, S1, S2);

    resident.reconfigured(List.of(elder, newest));
    assertThat(resident.missing()).containsExactly(S4.node().address());
    assertThat(resident.isMember(from(S4, FOUNDED, Optional.empty()))).isTrue();
    resident.reconfigured(List.of(newest));
    assertThat(resident.missing()).isEmpty();
    assertThat(resident.isMember(from(S4, FOUNDED, Optional.empty()))).isFalse();
  }

  @Test
  @DisplayName(
      "is superseded by what came of its group by a forced configuration, and nothing else")
  void superseded() {
    var forced = new Incarnation(FOUNDED.incarnation()).forced(1);
    var next = new Founded(forced.number(), FOUNDED.configuration(), FOUNDED.sessions());

    assertThat(resident.isSupersededBy(from(S2, next, Optional.empty()))).isTrue();
    assertThat(resident.isSupersededBy(from(S2, FOUNDED, Optional.empty()))).isFalse();
    assertThat(resident.isSupersededBy(hello(S2, REPLICA, Optional.empty(), Optional.empty())))
        .isFalse();
  }

  private static Hello from(Member sender, Founded founded, Optional<Configuration> configuration) {
    return new Hello(GROUP, sender, REPLICA, Optional.of(founded), configuration, Optional.empty());
  }

  private static Configuration configuration(long version, Member... members) {
    var all = new Configuration(List.of(members));
    return new Configuration(
        version, all.members(), all.membership(), Optional.of(new UUID(1, 2)), Optional.empty());
  }
}
