package dev.synod.testkit.crdt;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.LadderDoor;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.ladder.LadderOutcome;
import dev.synod.crdt.ladder.LadderRead;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.testkit.crdt.LadderLedger.Change;
import dev.synod.testkit.crdt.LadderLedger.Mind;
import dev.synod.testkit.engine.Draw;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A client of a ladder that asks now this node and now that one, and shows each what it has seen
 * before. When nobody can show it that any more it begins anew.
 */
final class LadderClient {

  private static final int REFUSALS_MAX = 6;
  private static final ConsistencyMode[] MODES = ConsistencyMode.values();

  private final LadderRun run;
  private final Draw draw;
  private final boolean isMoving;
  private Mind mind = new Mind();
  private CausalToken token = CausalToken.NONE;
  private int refusals;
  private boolean isStopped;

  /**
   * @param isMoving whether it moves entities, instead of changing them
   */
  LadderClient(LadderRun run, Draw draw, boolean isMoving) {
    this.run = run;
    this.draw = draw;
    this.isMoving = isMoving;
  }

  void stop() {
    isStopped = true;
  }

  private int below(int bound) {
    return (int) draw.nextLong(bound);
  }

  private <E> E any(List<E> all) {
    return all.get(below(all.size()));
  }

  void next() {
    int pause = isMoving ? 100 + below(900) : 1 + below(40);
    run.engine().after(Duration.ofMillis(pause), this::ask);
  }

  private void ask() {
    if (isStopped) {
      return;
    }
    String node = any(run.nodes());
    String key = any(LadderLedger.SET_KEYS);
    switch (isMoving ? 10 : below(10)) {
      case 0, 1, 2 -> readSet(node, key);
      case 3, 4 -> change(node, LadderMachines.SETS, key, "+" + run.ledger().fresh());
      case 5 -> remove(node, key);
      case 6 -> readStock(node);
      case 7 -> change(node, LadderMachines.STOCK, LadderLedger.STOCK_KEY, 1L + below(9));
      case 8 -> change(node, LadderMachines.STOCK, LadderLedger.STOCK_KEY, -1L - below(5));
      case 9 -> giveBack(node);
      default -> move(node);
    }
  }

  private void remove(String node, String key) {
    if (mind.seen().isEmpty()) {
      next();
      return;
    }
    String element = any(List.copyOf(new TreeSet<>(mind.seen())));
    if (run.ledger().isOf(element, key)) {
      change(node, LadderMachines.SETS, key, "-" + element);
    } else {
      next();
    }
  }

  private void readSet(String node, String key) {
    var asked = run.ledger().asked(node);
    var pending = run.periods().asked(key, "read");
    read(
        node,
        LadderMachines.SETS,
        key,
        found -> {
          if (found.mode() == ConsistencyMode.LINEARIZABLE) {
            run.periods().ok(pending, LadderPeriods.text(found.value().elements()));
          } else {
            run.periods().forget(pending);
          }
          run.ledger().read(key, asked, found.mode(), found.value().elements(), mind);
          if (run.ledger().isLate(asked)) {
            beginAnew();
          }
        },
        () -> run.periods().forget(pending));
  }

  private void readStock(String node) {
    var asked = run.ledger().asked(node);
    read(
        node,
        LadderMachines.STOCK,
        LadderLedger.STOCK_KEY,
        found -> run.ledger().read(asked, found.mode(), found.value().value()),
        () -> {});
  }

  private <T extends Lattice<T>> void read(
      String node,
      LadderFamily<T, ?> family,
      String key,
      Consumer<LadderRead.Found<T>> then,
      Runnable otherwise) {
    this.<LadderRead<T>>tell(
        node,
        (door, replyTo) -> door.read(family, key, token, replyTo),
        outcome -> {
          if (outcome instanceof LadderRead.Found<T> found) {
            token = token.merge(found.token());
            refusals = 0;
            then.accept(found);
          } else {
            otherwise.run();
            refused();
          }
        },
        otherwise);
  }

  private <T extends Lattice<T>, O> void change(
      String node, LadderFamily<T, O> family, String key, O operation) {
    var asked = run.ledger().asked(node);
    var change = run.ledger().change(key, operation, asked);
    var pending =
        run.periods()
            .asked(
                key, change.isAdding() ? "add" : "remove", String.valueOf(operation).substring(1));
    this.<LadderOutcome>tell(
        node,
        (door, replyTo) -> door.update(family, key, operation, token, replyTo),
        outcome -> {
          if (outcome instanceof LadderOutcome.Done done) {
            done(change, done, pending);
          } else if (outcome instanceof LadderOutcome.Rejected) {
            run.periods().forget(pending);
            run.ledger().rejected(change);
            refused();
          } else {
            refused();
          }
        },
        () -> {});
  }

  private void done(Change change, LadderOutcome.Done done, LadderPeriods.Asked pending) {
    if (done.mode() == ConsistencyMode.LINEARIZABLE) {
      run.periods().ok(pending, "");
    } else {
      run.periods().forget(pending);
    }
    run.ledger().done(change, done.mode());
    token = token.merge(done.token());
    refusals = 0;
    if (change.operation instanceof Long) {
      return;
    } else if (change.isAdding()) {
      mind.seen().add(change.element());
    } else {
      mind.gone().put(change.element(), change);
    }
    if (run.ledger().isLate(change.asked)) {
      beginAnew();
    }
  }

  private void giveBack(String node) {
    this.<LadderOutcome>tell(
        node,
        (door, replyTo) ->
            door.giveBack(LadderMachines.STOCK, LadderLedger.STOCK_KEY, 1 + below(3), replyTo),
        outcome -> {},
        () -> {});
  }

  private void move(String node) {
    boolean isStock = below(3) == 0;
    String key = isStock ? LadderLedger.STOCK_KEY : any(LadderLedger.SET_KEYS);
    var to = MODES[below(MODES.length)];
    this.<LadderOutcome>tell(
        node,
        (door, replyTo) -> door.move(key, to, replyTo),
        outcome -> {
          if (outcome instanceof LadderOutcome.Done done) {
            run.ledger().count("moved to " + done.mode());
          }
        },
        () -> {});
  }

  private void refused() {
    refusals++;
    if (refusals >= REFUSALS_MAX) {
      beginAnew();
    }
  }

  private void beginAnew() {
    refusals = 0;
    token = CausalToken.NONE;
    mind = new Mind();
  }

  /** Asks a node, and goes on once it has answered or has not for too long. */
  private <R> void tell(
      String node,
      BiConsumer<LadderDoor, ActorRef<R>> question,
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
    run.machines().door(node).ifPresent(door -> question.accept(door, replyTo));
    run.engine()
        .after(
            LadderMachines.ANSWER,
            () -> {
              if (!isOver[0]) {
                isOver[0] = true;
                silent.run();
                run.unanswered(node);
                beginAnew();
                next();
              }
            });
  }
}
