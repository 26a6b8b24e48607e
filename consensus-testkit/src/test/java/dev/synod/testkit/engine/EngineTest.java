package dev.synod.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The engine")
class EngineTest {

  private static final Duration BEAT = Duration.ofMillis(50);

  private record Ran(long trace, long steps, int told) {}

  private static Ran gossip(long seed) {
    var engine = Engine.of(seed);
    var told = new ArrayList<String>();
    Gossip.start(engine, 5, BEAT, told);
    engine.runFor(Duration.ofSeconds(2));
    return new Ran(engine.trace().hash(), engine.steps(), told.hashCode());
  }

  @Test
  @DisplayName("gives the same trace for the same seed")
  void sameSeedSameTrace() {
    assertThat(gossip(7)).isEqualTo(gossip(7));
  }

  @Test
  @DisplayName("gives another order for another seed")
  void otherSeedOtherOrder() {
    assertThat(gossip(8).told()).isNotEqualTo(gossip(7).told());
  }

  @Test
  @DisplayName("numbers actors from the seed, so that sets of references have one order")
  void actorNumbersComeFromTheSeed() {
    var first = Engine.of(3).spawn(Behaviors.<String>ignore(), "one");
    var second = Engine.of(3).spawn(Behaviors.<String>ignore(), "one");

    assertThat(first.path().uid()).isEqualTo(second.path().uid());
  }

  @Test
  @DisplayName("fires timers at their virtual times, however little of them is real")
  void timersFireInVirtualTime() {
    var engine = Engine.of(1);
    var fired = new ArrayList<Long>();
    Behavior<String> beating =
        Behaviors.withTimers(
            timers -> {
              timers.startTimerWithFixedDelay("beat", Duration.ofHours(1));
              return Behaviors.receiveMessage(
                  beat -> {
                    fired.add(Duration.ofNanos(engine.nanoTime()).toHours());
                    return Behaviors.same();
                  });
            });
    engine.spawn(beating, "clock");

    engine.runFor(Duration.ofHours(4).plusMinutes(1));

    assertThat(fired).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  @DisplayName("runs a frozen host's mail when it is thawed, and no one else waits")
  void frozenHostKeepsItsMail() {
    var engine = Engine.of(1);
    var host = engine.host("n1");
    var heard = new ArrayList<String>();
    var n1 = engine.spawn(listening(heard), "n1.ear");
    var n2 = engine.spawn(listening(heard), "n2.ear");

    host.freeze();
    n1.tell("first");
    n2.tell("second");
    engine.runFor(Duration.ofSeconds(1));
    var whileFrozen = List.copyOf(heard);
    host.thaw();
    engine.runFor(Duration.ofSeconds(1));

    assertThat(whileFrozen).containsExactly("second");
    assertThat(heard).containsExactly("second", "first");
  }

  @Test
  @DisplayName("never again runs anything of a host that was switched off")
  void hostThatIsOffIsSilent() {
    var engine = Engine.of(1);
    var host = engine.host("n1");
    var told = new ArrayList<String>();
    var all = Gossip.start(engine, 2, BEAT, told);
    engine.runFor(Duration.ofSeconds(1));

    host.switchOff();
    host.execute(() -> told.add("task"));
    told.clear();
    all.get(0).tell(new Gossip.Rumour(1, "you"));
    engine.runFor(Duration.ofSeconds(1));

    assertThat(told).isNotEmpty().allMatch(rumour -> rumour.equals("n2>n2"));
  }

  @Test
  @DisplayName("lets a host's clock and timers run at the host's own rate")
  void clocksDrift() {
    var engine = Engine.of(1);
    var host = engine.host("n1");
    host.rate(2);
    var due = new AtomicReference<>(0L);

    Behavior<String> waiting =
        Behaviors.withTimers(
            timers -> {
              timers.startSingleTimer("due", Duration.ofSeconds(10));
              return Behaviors.receiveMessage(
                  message -> {
                    due.set(engine.nanoTime());
                    return Behaviors.same();
                  });
            });
    engine.spawn(waiting, "n1");
    engine.runFor(Duration.ofSeconds(10));

    assertThat(Duration.ofNanos(due.get()).toMillis()).isEqualTo(5_000);
    assertThat(Duration.ofNanos(host.nanoTime()).toSeconds()).isEqualTo(20);
  }

  @Test
  @DisplayName("runs asks, the receptionist, and every dispatcher without any thread")
  void everythingRunsHere() {
    var engine = Engine.of(1);
    var threads = new ArrayList<Thread>();
    Behavior<ActorRef<String>> answering =
        Behaviors.receiveMessage(
            replyTo -> {
              threads.add(Thread.currentThread());
              replyTo.tell("yes");
              return Behaviors.same();
            });
    var answerer =
        engine.system().systemActorOf(answering, "answerer", DispatcherSelector.blocking());
    engine.system().receptionist().tell(Receptionist.register(KEY, answerer));

    var answer =
        AskPattern.<ActorRef<String>, String>ask(
            answerer, replyTo -> replyTo, Duration.ofSeconds(3), engine.system().scheduler());
    var found = new ArrayList<Object>();
    engine
        .system()
        .receptionist()
        .tell(
            Receptionist.find(
                KEY, engine.system().systemActorOf(collecting(found), "finder", Props.empty())));
    engine.runFor(Duration.ofSeconds(1));

    assertThat(answer.toCompletableFuture()).isCompletedWithValue("yes");
    assertThat(found).hasSize(1);
    assertThat(threads).containsOnly(Thread.currentThread());
  }

  @Test
  @DisplayName("refuses what comes from another thread, since no seed could decide when")
  void otherThreadsAreRefused() throws InterruptedException {
    var engine = Engine.of(1);
    var host = engine.host("n1");
    var refusal = new AtomicReference<Throwable>();
    var stranger = new Thread(() -> host.execute(() -> {}), "stranger");
    stranger.setUncaughtExceptionHandler((thread, failure) -> refusal.set(failure));

    stranger.start();
    stranger.join();

    assertThat(refusal.get()).hasMessageContaining("the thread stranger");
  }

  private static final ServiceKey<ActorRef<String>> KEY = keyOf();

  @SuppressWarnings("unchecked")
  private static ServiceKey<ActorRef<String>> keyOf() {
    return ServiceKey.create((Class<ActorRef<String>>) (Class<?>) ActorRef.class, "answerer");
  }

  private static Behavior<String> listening(List<String> heard) {
    return Behaviors.receiveMessage(
        message -> {
          heard.add(message);
          return Behaviors.same();
        });
  }

  private static Behavior<Receptionist.Listing> collecting(List<Object> found) {
    return Behaviors.receiveMessage(
        listing -> {
          found.addAll(listing.getServiceInstances(KEY));
          return Behaviors.same();
        });
  }
}
