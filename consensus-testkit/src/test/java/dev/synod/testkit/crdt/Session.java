package dev.synod.testkit.crdt;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Family;
import dev.synod.testkit.engine.Draw;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A client that asks now this node and now that one, and shows each what it has seen before. When
 * nobody can show it that any more, as all who had it are gone, it begins anew.
 */
final class Session {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int REFUSALS_MAX = 4;
  private static final String REGISTER = "register/x";

  private final ReplicatorRun run;
  private final List<String> keys;
  private final String name;
  private final Draw draw;
  private Knowledge.Mind mind = new Knowledge.Mind();
  private CausalToken token = CausalToken.NONE;
  private int lives;
  private int refusals;
  private String node = "";
  private int stays;
  private boolean isStopped;

  Session(ReplicatorRun run, String name, Draw draw) {
    this.run = run;
    this.keys = run.shards().keys();
    this.name = name;
    this.draw = draw;
  }

  void stop() {
    isStopped = true;
  }

  private int below(int bound) {
    return (int) draw.nextLong(bound);
  }

  /** Thinks for a while, then asks for something; or looks at the same node's other keys first. */
  void next() {
    if (stays > 0 && !isStopped) {
      stays--;
      read(keys.get(stays));
    } else {
      run.engine().after(Duration.ofMillis(1 + below(40)), this::ask);
    }
  }

  private void ask() {
    if (isStopped) {
      return;
    }
    var nodes = run.nodes();
    node = nodes.get(below(nodes.size()));
    String key = keys.get(below(keys.size()));
    switch (below(10)) {
      case 0, 1, 2 -> {
        stays = keys.size();
        next();
      }
      case 3, 4, 5 -> add(key);
      case 6 -> mind.one(below(1000)).ifPresentOrElse(this::remove, this::next);
      case 7 -> readRegister();
      case 8 -> writeRegister();
      default -> count();
    }
  }

  private Consistency consistency() {
    var timeout = Duration.ofMillis(100 + below(600));
    int nodes = run.nodes().size();
    var base =
        switch (below(5)) {
          case 0 -> Consistency.majority(timeout);
          case 1 -> Consistency.all(timeout);
          case 2 -> Consistency.copies(1 + below(nodes), timeout);
          default -> Consistency.local();
        };
    return base.after(token, timeout);
  }

  private String process() {
    return name + "." + lives;
  }

  private void read(String key) {
    get(
        ReplicatorWorld.SETS,
        key,
        value ->
            value.ifPresent(set -> run.found(run.knowledge().read(key, set.elements(), mind))));
  }

  private void readRegister() {
    var pending = run.history().invoke(process(), "read", REGISTER);
    get(
        ReplicatorWorld.REGISTERS,
        REGISTER,
        value ->
            value.ifPresentOrElse(
                register -> pending.ok(register.value().orElse("nil")),
                () -> pending.rejected("not read")));
  }

  private <T extends Lattice<T>> void get(
      Family<T> family, String key, Consumer<Optional<T>> then) {
    var consistency = consistency();
    this.<ReadOutcome<T>>tell(
        key,
        replyTo -> new Replicator.Get<>(family, key, consistency, replyTo),
        outcome -> {
          if (outcome instanceof ReadOutcome.Found<T> found) {
            learn(found.token());
            then.accept(Optional.of(found.value()));
          } else if (outcome instanceof ReadOutcome.Unconfirmed<T> found) {
            learn(found.token());
            then.accept(Optional.of(found.value()));
          } else {
            then.accept(Optional.empty());
            refused();
          }
        },
        () -> then.accept(Optional.empty()));
  }

  private void add(String key) {
    int element = run.knowledge().add(key, mind);
    var lives = run.lives();
    var replicas = run.replicas();
    update(
        ReplicatorWorld.SETS,
        key,
        (set, me) -> set.add(me, Knowledge.text(element)),
        copies -> {
          mind.added(element);
          run.knowledge().added(new Knowledge.Confirmed(element, copies, lives));
          run.confirmed(element, copies, replicas);
        });
  }

  private void remove(int element) {
    run.knowledge().remove(element);
    var lives = run.lives();
    update(
        ReplicatorWorld.SETS,
        run.knowledge().key(element),
        (AddWinsSet<String> set, ReplicaId me) -> set.remove(me, Knowledge.text(element)),
        copies -> {
          mind.removed(element);
          run.knowledge().removed(new Knowledge.Confirmed(element, copies, lives));
        });
  }

  private void count() {
    var lives = run.lives();
    run.counting();
    update(
        ReplicatorWorld.COUNTERS,
        "counter/total",
        (counter, me) -> counter.add(me, 1),
        copies -> run.counted(new Knowledge.Confirmed(0, copies, lives)));
  }

  private void writeRegister() {
    String value = run.fresh();
    var pending = run.history().invoke(process(), "write", REGISTER, value);
    update(
        ReplicatorWorld.REGISTERS,
        REGISTER,
        (register, me) -> register.write(me, run.wallMillis(), value),
        copies -> pending.ok(),
        () -> pending.rejected("refused"),
        () -> pending.unknown("no answer"));
  }

  private <T extends Lattice<T>> void update(
      Family<T> family, String key, BiFunction<T, ReplicaId, T> change, Consumer<Integer> done) {
    update(family, key, change, done, () -> {}, () -> {});
  }

  private <T extends Lattice<T>> void update(
      Family<T> family,
      String key,
      BiFunction<T, ReplicaId, T> change,
      Consumer<Integer> done,
      Runnable rejected,
      Runnable unknown) {
    var consistency = consistency();
    this.<UpdateOutcome>tell(
        key,
        replyTo -> new Replicator.Update<>(family, key, change, consistency, replyTo),
        outcome -> {
          if (outcome instanceof UpdateOutcome.Written written) {
            learn(written.token());
            done.accept(written.copies());
          } else if (outcome instanceof UpdateOutcome.Unconfirmed written) {
            learn(written.token());
            done.accept(written.copies());
          } else {
            rejected.run();
            refused();
          }
        },
        unknown);
  }

  private void learn(CausalToken seen) {
    if (run.shards().count() > 1 && !token.isPartOf(seen)) {
      run.found(Optional.of("tokens grow: %s after %s".formatted(seen, token)));
    }
    token = token.merge(seen);
    refusals = 0;
  }

  private void refused() {
    refusals++;
    if (refusals >= REFUSALS_MAX) {
      beginAnew();
    }
  }

  private void beginAnew() {
    refusals = 0;
    stays = 0;
    lives++;
    token = CausalToken.NONE;
    mind = new Knowledge.Mind();
  }

  /** Asks a node, and goes on once it has answered or has not for too long. */
  private <R> void tell(
      String key,
      Function<ActorRef<R>, ToReplicator> message,
      Consumer<R> answered,
      Runnable silent) {
    boolean[] isOver = {false};
    ActorRef<R> replyTo =
        run.ear(
            outcome -> {
              if (!isOver[0]) {
                isOver[0] = true;
                answered.accept(outcome);
                next();
              }
            });
    run.tell(node, key, message.apply(replyTo));
    run.engine()
        .after(
            PATIENCE,
            () -> {
              if (!isOver[0]) {
                isOver[0] = true;
                silent.run();
                beginAnew();
                next();
              }
            });
  }
}
