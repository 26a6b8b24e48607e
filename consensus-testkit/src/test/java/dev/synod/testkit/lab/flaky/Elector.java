package dev.synod.testkit.lab.flaky;

import dev.synod.testkit.lab.LabMessage;
import dev.synod.testkit.world.Machine;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A server that elects and does nothing else: Raft's section 5.2 with no log at all, so whoever
 * asks first in a new term is voted for.
 */
final class Elector {

  private static final Duration HEARTBEAT = Duration.ofMillis(50);
  private static final long TIMEOUT_MIN_MILLIS = 150;
  private static final long TIMEOUT_MAX_MILLIS = 300;

  sealed interface Message extends LabMessage {}

  /** "I lead this term." */
  record Heartbeat(String from, long term) implements Message {}

  /** "The latest term that I know is this one." */
  record HeartbeatReply(long term) implements Message {}

  /**
   * "Vote for me."
   *
   * @param asks only whether you would: the pre-vote of thesis §9.6
   */
  record RequestVote(String from, long term, boolean asks) implements Message {}

  record Vote(String from, long term, boolean asked) implements Message {}

  private enum Timeout implements Message {
    ELECTION,
    HEARTBEAT
  }

  private enum Role {
    /** Waits for a leader. */
    WAITING,
    FOLLOWING,
    /** Asks whether it could win. */
    ASKING,
    STANDING,
    LEADING
  }

  private final Machine machine;
  private final List<String> others;
  private final Function<String, ActorRef<Message>> at;
  private final boolean asksFirst;
  private final BiConsumer<String, Long> leads;
  private final RandomGenerator random;
  private final TimerScheduler<Message> timers;
  private final Set<String> votes = new HashSet<>();
  private long term;
  private long votedIn;
  private Role role = Role.WAITING;

  private Elector(
      Machine machine,
      List<String> others,
      Function<String, ActorRef<Message>> at,
      boolean asksFirst,
      BiConsumer<String, Long> leads,
      TimerScheduler<Message> timers) {
    this.machine = machine;
    this.others = others;
    this.at = at;
    this.asksFirst = asksFirst;
    this.leads = leads;
    this.random = machine.chance();
    this.timers = timers;
  }

  /**
   * On that machine.
   *
   * @param at where the other machines' electors are
   * @param asksFirst whether it stands only if a majority hears no leader either
   * @param leads is told who has come to lead which term
   */
  static Behavior<Message> on(
      Machine machine,
      List<String> others,
      Function<String, ActorRef<Message>> at,
      boolean asksFirst,
      BiConsumer<String, Long> leads) {
    return Behaviors.withTimers(
        timers -> {
          var elector = new Elector(machine, others, at, asksFirst, leads, timers);
          elector.waitForLeader();
          return elector.behavior();
        });
  }

  private Behavior<Message> behavior() {
    return Behaviors.receive(Message.class)
        .onMessage(Heartbeat.class, heartbeat -> then(() -> heard(heartbeat)))
        .onMessage(HeartbeatReply.class, reply -> then(() -> adopt(reply.term())))
        .onMessage(RequestVote.class, request -> then(() -> answer(request)))
        .onMessage(Vote.class, vote -> then(() -> count(vote)))
        .onMessageEquals(Timeout.ELECTION, () -> then(this::silence))
        .onMessageEquals(Timeout.HEARTBEAT, () -> then(this::beat))
        .build();
  }

  private static Behavior<Message> then(Runnable action) {
    action.run();
    return Behaviors.same();
  }

  private void heard(Heartbeat heartbeat) {
    adopt(heartbeat.term());
    if (heartbeat.term() == term) {
      role = Role.FOLLOWING;
      waitForLeader();
    }
    tell(heartbeat.from(), new HeartbeatReply(term));
  }

  private void silence() {
    if (asksFirst) {
      ask(Role.ASKING);
    } else {
      stand();
    }
    waitForLeader();
  }

  private void stand() {
    term++;
    votedIn = term;
    ask(Role.STANDING);
  }

  private void ask(Role as) {
    role = as;
    votes.clear();
    votes.add(machine.name());
    var request = new RequestVote(machine.name(), term, as == Role.ASKING);
    others.forEach(other -> tell(other, request));
  }

  private void answer(RequestVote request) {
    if (request.asks()) {
      boolean hasLeader = role == Role.FOLLOWING || role == Role.LEADING;
      if (!hasLeader && request.term() >= term) {
        tell(request.from(), new Vote(machine.name(), request.term(), true));
      }
      return;
    }
    adopt(request.term());
    if (request.term() == term && votedIn < term) {
      votedIn = term;
      waitForLeader();
      tell(request.from(), new Vote(machine.name(), term, false));
    }
  }

  private void count(Vote vote) {
    boolean counts = vote.term() == term && role == (vote.asked() ? Role.ASKING : Role.STANDING);
    if (!counts || !votes.add(vote.from()) || votes.size() * 2 <= others.size() + 1) {
      return;
    }
    if (vote.asked()) {
      stand();
    } else {
      role = Role.LEADING;
      timers.cancel(Timeout.ELECTION);
      timers.startTimerWithFixedDelay(Timeout.HEARTBEAT, Duration.ZERO, HEARTBEAT);
      leads.accept(machine.name(), term);
    }
  }

  private void beat() {
    others.forEach(other -> tell(other, new Heartbeat(machine.name(), term)));
  }

  /** A newer term ends whatever this server was in the old one. */
  private void adopt(long newer) {
    if (newer > term) {
      term = newer;
      role = Role.WAITING;
      timers.cancel(Timeout.HEARTBEAT);
      waitForLeader();
    }
  }

  private void waitForLeader() {
    long millis = random.nextLong(TIMEOUT_MIN_MILLIS, TIMEOUT_MAX_MILLIS);
    timers.startSingleTimer(Timeout.ELECTION, Duration.ofMillis(millis));
  }

  private void tell(String other, Message message) {
    machine.peers().tell(at.apply(other), message);
  }
}
