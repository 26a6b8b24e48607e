package dev.synod.testkit.crdt;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.CompactedException;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderSnapshot;
import dev.synod.crdt.ladder.rules.LadderFamilies;
import dev.synod.crdt.ladder.rules.LadderState;
import dev.synod.crdt.ladder.rules.Rungs;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.fault.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.stream.BoundedSourceQueue;

/**
 * A ladder's group as its callers see one: a linearizable object, reached by asks of which some are
 * lost before they are decided, some afterwards, and some are decided when the asker has given up;
 * queries may be answered by a replica that is behind, and watches end. Commands, replies and the
 * state itself go as bytes.
 */
final class SimulatedLadderGroup {

  /** Sees all that is decided. */
  interface Onlooker {
    void applied(LadderCommand command, LadderReply reply, LadderState before, LadderState after);
  }

  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final Duration MOMENT = Duration.ofMillis(5);
  private static final int BEHIND_MAX = 4;
  private static final int KEPT_OF = 40;

  private final Engine engine;
  private final Draw draw;
  private final Serialization serialization;
  private final Onlooker onlooker;
  private final TreeMap<Long, LadderState> states = new TreeMap<>();
  private final List<AppliedCommand<LadderCommand>> changes = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();
  private final Map<String, Long> cutOff = new HashMap<>();
  private final Map<String, Long> known = new HashMap<>();
  private final Map<String, Integer> lives = new HashMap<>();
  private final Predicate<String> isFrozen;
  private Profile profile;
  private LadderState state;
  private long index;

  SimulatedLadderGroup(
      Engine engine,
      List<LadderFamily<?, ?>> families,
      Profile profile,
      Predicate<String> isFrozen,
      Onlooker onlooker) {
    this.isFrozen = isFrozen;
    this.engine = engine;
    this.draw = engine.chance("ladder's group");
    this.serialization = SerializationExtension.get(engine.system());
    this.onlooker = onlooker;
    this.profile = profile;
    this.state = LadderState.of(new LadderFamilies(families));
    states.put(0L, state);
  }

  /** What that node sees of it from its start on. */
  WayToGroup at(String node) {
    known.remove(node);
    lives.merge(node, 1, Integer::sum);
    return new WayToGroup(this, node);
  }

  /** Nothing gets lost any more. */
  void heal() {
    profile = Profile.CALM;
    cutOff.clear();
  }

  LadderState state() {
    return state;
  }

  private boolean isCalm() {
    return profile == Profile.CALM;
  }

  private boolean oneOf(int count) {
    return !isCalm() && draw.nextLong(count) == 0;
  }

  /** For a while nothing gets to that node or from it, now and then. */
  private boolean isCutOff(String node) {
    if (oneOf(150)) {
      cutOff.put(node, engine.nanoTime() + Duration.ofMillis(draw.nextLong(2000)).toNanos());
    }
    return cutOff.getOrDefault(node, 0L) > engine.nanoTime();
  }

  private Duration delay() {
    return Duration.ofMillis(1 + draw.nextLong(isCalm() ? 5 : oneOf(20) ? 900 : 60));
  }

  private void soon(String node, Runnable then) {
    boolean isLost = isCutOff(node) || oneOf(10);
    var delay = delay();
    if (!isLost) {
      engine.after(delay, then);
    }
  }

  CompletionStage<Outcome<LadderReply>> propose(String node, LadderCommand command) {
    var answer = new CompletableFuture<Outcome<LadderReply>>();
    if (oneOf(20)) {
      engine.after(
          delay(),
          () -> answer.complete(new Outcome.Rejected<>(Outcome.Reason.NO_LEADER, "no leader")));
      return answer;
    }
    engine.after(PATIENCE, () -> answer.complete(new Outcome.Unknown<>("no answer in time")));
    var sent = again(command);
    int life = lives.get(node);
    soon(
        node,
        () -> {
          var outcome = new Outcome.Ok<>(again(decide(sent)), index);
          soon(
              node,
              () -> {
                if (answer.complete(outcome) && sent instanceof LadderCommand.Hello) {
                  learns(node, life, outcome.index());
                }
              });
        });
    return answer;
  }

  /** It takes a moment until a node goes by what it was told, or longer if it is frozen. */
  private void learns(String node, int life, long upTo) {
    engine.after(
        MOMENT,
        () -> {
          if (isFrozen.test(node)) {
            learns(node, life, upTo);
          } else if (life == lives.get(node)) {
            known.merge(node, upTo, Math::max);
          }
        });
  }

  /** Up to which index that node has heard of all that was decided. */
  long known(String node) {
    return known.getOrDefault(node, 0L);
  }

  long index() {
    return index;
  }

  /** Applies a command now. */
  LadderReply decide(LadderCommand command) {
    var before = state;
    index++;
    LadderReply reply;
    try {
      var applied = before.apply(command, index);
      state = applied.after();
      reply = applied.reply();
    } catch (IllegalArgumentException e) {
      throw new AssertionError("a value can't be read", e);
    }
    if (draw.nextLong(KEPT_OF) == 0) {
      state = state.restored(this.<LadderSnapshot>again(state.rows()).rows());
    }
    states.put(index, state);
    if (Rungs.isChange(command, reply)) {
      changes.add(new AppliedCommand<>(index, command));
      watches.forEach(Watch::wake);
    }
    onlooker.applied(command, reply, before, state);
    return reply;
  }

  CompletionStage<Outcome<LadderReply>> query(String node, LadderCommand query, Read freshness) {
    var answer = new CompletableFuture<Outcome<LadderReply>>();
    engine.after(
        PATIENCE,
        () -> answer.complete(new Outcome.Rejected<>(Outcome.Reason.NO_LEADER, "no answer")));
    var sent = again(query);
    soon(
        node,
        () -> {
          long at = freshness instanceof Read.AtLeast atLeast ? behind(atLeast.index()) : index;
          var seen = states.floorEntry(at).getValue();
          var outcome = new Outcome.Ok<>(again(seen.query(sent)), at);
          soon(node, () -> answer.complete(outcome));
        });
    return answer;
  }

  private long behind(long atLeast) {
    return Math.max(Math.min(atLeast, index), index - draw.nextLong(BEHIND_MAX));
  }

  @SuppressWarnings("unchecked") // it is read as what it was written
  private <M> M again(M message) {
    var serializer = serialization.findSerializerFor(message);
    return (M)
        serialization
            .deserialize(
                serialization.serialize(message).get(),
                serializer.identifier(),
                Serializers.manifestFor(serializer, message))
            .get();
  }

  /** Tells that one of all changes from there on, in order, each late. */
  void watch(String node, long first, BoundedSourceQueue<AppliedCommand<LadderCommand>> queue) {
    int next = 0;
    while (next < changes.size() && changes.get(next).index() < first) {
      next++;
    }
    var watch = new Watch(node, queue, next);
    watches.add(watch);
    watch.wake();
  }

  private final class Watch {

    private final String node;
    private final BoundedSourceQueue<AppliedCommand<LadderCommand>> queue;
    private final int life;
    private int next;
    private boolean isAwake;

    Watch(String node, BoundedSourceQueue<AppliedCommand<LadderCommand>> queue, int next) {
      this.node = node;
      this.queue = queue;
      this.life = lives.get(node);
      this.next = next;
    }

    void wake() {
      if (!isAwake && next < changes.size() && !queue.isCompleted()) {
        isAwake = true;
        engine.after(delay(), this::tell);
      }
    }

    private void tell() {
      isAwake = false;
      if (oneOf(60)) {
        queue.fail(new CompactedException(next, next + 1L));
        return;
      }
      for (long more = 1 + draw.nextLong(3); more > 0 && next < changes.size(); more--) {
        if (!isCutOff(node) && !queue.isCompleted()) {
          var change = changes.get(next++);
          learns(node, life, change.index());
          queue.offer(new AppliedCommand<>(change.index(), again(change.command())));
        }
      }
      wake();
    }
  }
}
