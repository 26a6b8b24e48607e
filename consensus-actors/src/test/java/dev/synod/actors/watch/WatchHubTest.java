package dev.synod.actors.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.WatchMessage;
import dev.synod.actors.message.WatchMessage.Changed;
import dev.synod.actors.message.WatchMessage.Changes;
import dev.synod.actors.message.WatchMessage.Gone;
import dev.synod.actors.message.WatchMessage.NotServed;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.message.WatchMessage.Refounded;
import dev.synod.actors.message.WatchMessage.ToHub;
import dev.synod.actors.message.WatchMessage.ToWatcher;
import dev.synod.actors.watch.HubTask.Advanced;
import dev.synod.actors.watch.HubTask.Following;
import dev.synod.actors.watch.HubTask.Found;
import dev.synod.actors.watch.HubTask.Jumped;
import dev.synod.actors.watch.HubTask.Missing;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A replica's hub of watches")
class WatchHubTest {

  private static final GroupId GROUP = new GroupId("chat");
  private static final long INCARNATION = 77;
  private static final int RECENT = 5;
  private static final int WAITING = 3;
  private static final WatchSettings SETTINGS =
      new WatchSettings(4, 100, Duration.ofSeconds(1), WAITING, RECENT, 1000, 16_384);

  private final List<String> asked = new ArrayList<>();
  private final TestInbox<ToWatcher> ann = TestInbox.create("ann");
  private final TestInbox<ToWatcher> bob = TestInbox.create("bob");
  private BehaviorTestKit<ToHub> hub;

  @BeforeEach
  void begin() {
    hub =
        BehaviorTestKit.create(
            WatchHub.create(
                GROUP,
                INCARNATION,
                new Direct(),
                SETTINGS,
                new WatchHub.Changing() {
                  @Override
                  public void follow(boolean on) {
                    asked.add(on ? "follow" : "leave");
                  }

                  @Override
                  public void lookBack(long after) {
                    asked.add("look behind " + after);
                  }
                }));
  }

  private void follows(long floor, long applied) {
    pull(ann, 1, applied);
    hub.run(new Following(floor, applied));
    asked.clear();
  }

  @Test
  @DisplayName("follows the state machine when the first one watches, and not before")
  void followsOnDemand() {
    pull(ann, 1, 7);
    assertThat(asked).containsExactly("follow");
    assertThat(ann.hasMessages()).isFalse();

    hub.run(new Following(0, 7));
    hub.run(advanced(7, 9, 8, 9));

    assertThat(ann.receiveMessage()).isEqualTo(changes(1, 7, 9, 8, 9));
  }

  @Test
  @DisplayName("answers each pull once, when there is something new")
  void answersOnce() {
    follows(0, 7);

    hub.run(advanced(7, 8));
    assertThat(ann.hasMessages()).isFalse();
    hub.run(advanced(8, 9, 9));
    hub.run(advanced(9, 10, 10));

    assertThat(ann.receiveMessage()).isEqualTo(changes(1, 7, 9, 9));
    assertThat(ann.hasMessages()).isFalse();
  }

  @Test
  @DisplayName("tells who begins with now where that is")
  void now() {
    follows(0, 7);

    pull(bob, 1, WatchMessage.NOW);

    assertThat(bob.receiveMessage()).isEqualTo(changes(1, 7, 7));
  }

  @Test
  @DisplayName("tells who asks whether anybody is there that somebody is")
  void atOnce() {
    follows(0, 7);

    hub.run(new Pull(GROUP, bob.getRef(), 3, INCARNATION, 7, true, 10, 1000));
    hub.run(new Pull(GROUP, bob.getRef(), 4, INCARNATION, 12, true, 10, 1000));

    assertThat(bob.getAllReceived()).containsExactly(changes(3, 7, 7), changes(4, 12, 12));
  }

  @Test
  @DisplayName("sends no more at once than both sides allow, and claims no more")
  void bounded() {
    follows(0, 7);
    hub.run(advanced(7, 12, 8, 9, 10, 11, 12));
    ann.getAllReceived();

    pull(ann, 2, 7);
    hub.run(new Pull(GROUP, bob.getRef(), 1, INCARNATION, 8, false, 2, 1000));
    hub.run(new Pull(GROUP, bob.getRef(), 2, INCARNATION, 8, false, 10, 1));

    assertThat(ann.receiveMessage()).isEqualTo(changes(2, 7, 11, 8, 9, 10, 11));
    assertThat(bob.getAllReceived()).containsExactly(changes(1, 8, 10, 9, 10), changes(2, 8, 9, 9));
  }

  @Test
  @DisplayName("one look into the log serves all that are behind, where they are")
  void behind() {
    follows(0, 100);

    pull(ann, 2, 10);
    pull(bob, 1, 12);
    assertThat(asked).containsExactly("look behind 10");
    hub.run(new Found(10, 14, changed(11, 13, 14)));

    assertThat(ann.receiveMessage()).isEqualTo(changes(2, 10, 14, 11, 13, 14));
    assertThat(bob.receiveMessage()).isEqualTo(changes(1, 12, 14, 13, 14));
    pull(ann, 3, 14);
    assertThat(asked).containsExactly("look behind 10", "look behind 14");
  }

  @Test
  @DisplayName("who is behind what a look found has the next one")
  void nextLook() {
    follows(0, 100);

    pull(ann, 2, 10);
    pull(bob, 1, 50);
    hub.run(new Found(10, 14, changed(11)));

    assertThat(bob.hasMessages()).isFalse();
    assertThat(asked).containsExactly("look behind 10", "look behind 50");
  }

  @Test
  @DisplayName("says what is not there any more, and where it begins")
  void gone() {
    follows(20, 100);

    pull(ann, 2, 19);
    pull(bob, 1, 25);
    hub.run(new Missing(25, 31));

    assertThat(ann.receiveMessage()).isEqualTo(new Gone(GROUP, 2, 21));
    assertThat(bob.receiveMessage()).isEqualTo(new Gone(GROUP, 1, 31));
  }

  @Test
  @DisplayName("what a snapshot jumped over is never taken for nothing")
  void jumped() {
    follows(0, 7);
    pull(bob, 1, 12);

    hub.run(new Jumped(0, 12));
    hub.run(new Missing(7, 13));
    hub.run(advanced(12, 13, 13));

    assertThat(ann.receiveMessage()).isEqualTo(new Gone(GROUP, 1, 13));
    assertThat(bob.receiveMessage()).isEqualTo(changes(1, 12, 13, 13));
  }

  @Test
  @DisplayName("keeps a bounded number of pulls: who has waited longest is sent elsewhere")
  void waitingMax() {
    follows(0, 7);
    var others =
        LongStream.range(0, WAITING).mapToObj(i -> TestInbox.<ToWatcher>create("o" + i)).toList();

    others.forEach(other -> pull(other, 1, 7));

    assertThat(ann.receiveMessage()).isInstanceOf(NotServed.class);
    assertThat(others).noneMatch(TestInbox::hasMessages);
  }

  @Test
  @DisplayName("serves those that wait for a look into the log, and sends newcomers elsewhere")
  void allBehind() {
    follows(0, 30);
    var others =
        LongStream.range(0, WAITING).mapToObj(i -> TestInbox.<ToWatcher>create("o" + i)).toList();
    others.forEach(other -> pull(other, 1, 7));
    assertThat(ann.receiveMessage()).isInstanceOf(NotServed.class);

    pull(bob, 1, 7);
    hub.run(new Found(7, 9, changed(8)));

    assertThat(bob.receiveMessage()).isInstanceOf(NotServed.class);
    assertThat(others)
        .allSatisfy(other -> assertThat(other.receiveMessage()).isEqualTo(changes(1, 7, 9, 8)));
  }

  @Test
  @DisplayName("forgets all when nobody has watched for long")
  void unwatched() {
    follows(0, 7);

    for (long index = 8; index <= 8 + RECENT; index++) {
      hub.run(advanced(index - 1, index, index));
    }

    assertThat(asked).containsExactly("leave");
    pull(bob, 1, 9);
    assertThat(asked).containsExactly("leave", "follow");
  }

  @Test
  @DisplayName("sends all elsewhere when its replica gives up")
  void closes() {
    follows(0, 7);

    hub.run(new HubTask.Close("the disk is full"));
    pull(bob, 1, 7);

    assertThat(ann.receiveMessage()).isEqualTo(new NotServed(GROUP, 1, "the disk is full"));
    assertThat(bob.receiveMessage()).isEqualTo(new NotServed(GROUP, 1, "the disk is full"));
  }

  @Test
  @DisplayName("serves its own group only")
  void otherGroup() {
    follows(0, 7);

    hub.run(new Pull(new GroupId("other"), bob.getRef(), 1, INCARNATION, 7, true, 10, 1000));

    assertThat(bob.receiveMessage()).isInstanceOf(NotServed.class);
  }

  @Test
  @DisplayName("tells who comes from an earlier group of that name that this is another one")
  void founded() {
    follows(0, 7);

    hub.run(new Pull(GROUP, bob.getRef(), 1, INCARNATION + 1, 99, false, 10, 1000));
    hub.run(new Pull(GROUP, bob.getRef(), 2, WatchMessage.ANY, 7, true, 10, 1000));

    assertThat(bob.getAllReceived()).containsExactly(new Refounded(GROUP, 1), changes(2, 7, 7));
  }

  private void pull(TestInbox<ToWatcher> watcher, long number, long after) {
    hub.run(new Pull(GROUP, watcher.getRef(), number, INCARNATION, after, false, 10, 1000));
  }

  private static Advanced advanced(long after, long upTo, long... changed) {
    return new Advanced(after, upTo, changed(changed));
  }

  private Changes changes(long number, long after, long upTo, long... changed) {
    return new Changes(GROUP, number, INCARNATION, hub.getRef(), after, upTo, changed(changed));
  }

  private static List<Changed> changed(long... indexes) {
    return LongStream.of(indexes)
        .mapToObj(index -> new Changed(index, Bytes.utf8("change " + index)))
        .toList();
  }

  private static final class Direct implements Peers {
    @Override
    public ActorRef<NodeMessage> node(String address) {
      throw new UnsupportedOperationException("a hub speaks to no nodes");
    }

    @Override
    public <M> void tell(ActorRef<? super M> to, M message) {
      to.tell(message);
    }
  }
}
