package dev.synod.testkit.cluster;

import dev.synod.actors.GroupAdmin;
import dev.synod.actors.GroupRef;
import dev.synod.actors.RejectedException;
import dev.synod.actors.UnknownOutcomeException;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.invariant.Watch;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An administrator who moves leadership about, from any machine to any, at random times. */
final class Transfers {

  private static final String TO_WHOM = "leadership goes where it was sent";
  private static final long GAP_MILLIS_MAX = 5000;
  private static final long DEADLINE_MILLIS_MAX = 1500;

  private final Engine engine;
  private final Draw draw;
  private final Watch watch;
  private final Map<String, GroupRef<String, String>> refs;
  private boolean isStopped;

  Transfers(Engine engine, Watch watch, Map<String, GroupRef<String, String>> refs) {
    this.engine = engine;
    this.draw = engine.chance("transfers");
    this.watch = watch;
    this.refs = refs;
  }

  void start() {
    engine.after(Duration.ofMillis(draw.nextLong(GAP_MILLIS_MAX)), this::transfer);
  }

  void stop() {
    isStopped = true;
  }

  private void transfer() {
    if (isStopped) {
      return;
    }
    var nodes = refs.keySet().stream().sorted().toList();
    var deadline = Duration.ofMillis(1 + draw.nextLong(DEADLINE_MILLIS_MAX));
    if (!nodes.isEmpty()) {
      var node = nodes.get((int) draw.nextLong(nodes.size()));
      var ref = refs.get(node);
      if (ref != null) {
        ask(node, ref.admin(), draw.nextDouble(), deadline);
      }
    }
    start();
  }

  /** To nobody by name in one of four times; else to one of those that belong to the group. */
  private void ask(String node, GroupAdmin admin, double chance, Duration deadline) {
    if (chance < 0.25) {
      checked(node, Optional.empty(), admin.transfer(deadline));
      return;
    }
    admin
        .configuration()
        .thenAccept(
            known -> {
              var members = known.members();
              var to = members.get((int) (chance * 4 * members.size()) % members.size()).store();
              checked(node, Optional.of(to), admin.transfer(to, deadline));
            })
        .exceptionally(why -> expected(node, why));
  }

  private void checked(String node, Optional<StoreId> to, CompletionStage<Member> done) {
    done.thenAccept(
            leader -> {
              if (to.isPresent() && !to.get().equals(leader.store())) {
                watch.broken(TO_WHOM, "%s: to %s, not %s".formatted(node, to.get(), leader));
              }
            })
        .exceptionally(why -> expected(node, why));
  }

  private @Nullable Void expected(String node, Throwable failure) {
    var why = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(why instanceof RejectedException) && !(why instanceof UnknownOutcomeException)) {
      watch.broken(TO_WHOM, "%s was told something else: %s".formatted(node, why));
    }
    return null;
  }
}
