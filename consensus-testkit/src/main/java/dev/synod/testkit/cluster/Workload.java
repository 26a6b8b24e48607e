package dev.synod.testkit.cluster;

import dev.synod.actors.GroupRef;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Watch;
import java.time.Duration;
import java.util.Map;

/**
 * Clients that write and read through the group's references on running machines, at random times.
 */
final class Workload {

  private static final int WRITES_OF_TEN = 7;

  private final Engine engine;
  private final Draw draw;
  private final Watch watch;
  private final Map<String, GroupRef<String, Long>> refs;
  private final Duration gapMean;
  private final Tally tally = new Tally();
  private long requests;
  private long acknowledged;
  private boolean isStopped;

  Workload(Engine engine, Watch watch, Map<String, GroupRef<String, Long>> refs, Duration gapMean) {
    this.engine = engine;
    this.draw = engine.chance("workload");
    this.watch = watch;
    this.refs = refs;
    this.gapMean = gapMean;
  }

  void start() {
    engine.after(nextGap(), this::ask);
  }

  void stop() {
    isStopped = true;
  }

  Tally tally() {
    return tally;
  }

  private Duration nextGap() {
    return Duration.ofNanos((long) (-gapMean.toNanos() * StrictMath.log(1 - draw.nextDouble())));
  }

  private void ask() {
    if (isStopped) {
      return;
    }
    var nodes = refs.keySet().stream().sorted().toList();
    if (!nodes.isEmpty()) {
      var node = nodes.get((int) draw.nextLong(nodes.size()));
      if (draw.nextLong(10) < WRITES_OF_TEN) {
        write(node);
      } else {
        read(node);
      }
    }
    engine.after(nextGap(), this::ask);
  }

  /** Its name is unique, and says where it was asked. */
  void write(String node) {
    var ref = refs.get(node);
    if (ref == null) {
      return;
    }
    var request = node + "-" + ++requests;
    tally.asked++;
    ref.propose(request).thenAccept(outcome -> answered(node, request, outcome));
  }

  private void answered(String node, String request, Outcome<Long> outcome) {
    if (outcome instanceof Outcome.Ok<Long> ok) {
      tally.done++;
      acknowledged = Math.max(acknowledged, ok.index());
      watch.see(new Change.Acknowledged(node, request, ok.index()));
    } else if (outcome instanceof Outcome.Rejected<Long>) {
      tally.rejected++;
      watch.see(new Change.Refused(node, request));
    } else {
      tally.unknown++;
    }
  }

  private void read(String node) {
    var ref = refs.get(node);
    if (ref == null) {
      return;
    }
    long least = acknowledged;
    tally.readsAsked++;
    ref.read("last", Read.linearizable())
        .thenAccept(
            saw -> {
              tally.readsDone++;
              watch.see(new Change.Read(node, least, saw));
              acknowledged = Math.max(acknowledged, saw);
            });
  }
}
