package dev.synod.testkit.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.Registry;
import dev.synod.crdt.registry.ReplicaRegistry;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * A registry as its callers see one: commands take their time, some are lost before they are
 * decided and some answers afterwards, and who only looks may see what stood before.
 */
final class SimulatedRegistry implements ReplicaRegistry {

  private static final int LOST_OF = 10;
  private static final int BEHIND_MAX = 3;

  private final Engine engine;
  private final Draw draw;
  private final List<Standing> decided = new ArrayList<>();
  private Registry registry = Registry.EMPTY;
  private final Map<String, Integer> enrolments = new HashMap<>();
  private final Set<String> tended = new HashSet<>();

  SimulatedRegistry(Engine engine) {
    this.engine = engine;
    this.draw = engine.chance("registry");
    decided.add(registry.standing());
  }

  /** How many ids that node was given. */
  int enrolments(String node) {
    return enrolments.getOrDefault(node, 0);
  }

  /** Whether nobody has different changes of one that is gone. */
  boolean isSettled() {
    return registry.gone().isEmpty();
  }

  /**
   * A question for an id that was decided late, when its start was over, has put a replica at the
   * node that nobody runs: somebody has to evict it (see crdt's README). Once at each node.
   *
   * @param self the one that is run there
   */
  void evictUnknown(String node, ReplicaId self) {
    var member = registry.standing().at(node);
    if (member.isPresent() && !member.get().equals(self) && tended.add(node)) {
      tryDecide(it -> it.evict(node));
    }
  }

  /** Decides that now, unless it is refused. */
  boolean tryDecide(UnaryOperator<Registry> command) {
    try {
      decide(command);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private void decide(UnaryOperator<Registry> command) {
    registry = command.apply(registry);
    decided.add(registry.standing());
  }

  private CompletionStage<Standing> call(UnaryOperator<Registry> command) {
    var answer = new CompletableFuture<Standing>();
    soon(
        answer,
        () -> {
          decide(command);
          var standing = registry.standing();
          soon(answer, () -> answer.complete(standing));
        });
    return answer;
  }

  private void soon(CompletableFuture<Standing> answer, Runnable then) {
    boolean isLost = draw.nextLong(LOST_OF) == 0;
    engine.after(
        Duration.ofMillis(1 + draw.nextLong(60)),
        () -> {
          if (isLost) {
            answer.completeExceptionally(new IllegalStateException("lost on the way"));
          } else {
            then.run();
          }
        });
  }

  @Override
  public CompletionStage<Standing> enrol(String node, long start) {
    return call(
        it -> {
          var then = it.enrol(node, start);
          if (then != it) {
            enrolments.merge(node, 1, Integer::sum);
          }
          return then;
        });
  }

  @Override
  public CompletionStage<Standing> evict(String node) {
    return call(it -> it.evict(node));
  }

  @Override
  public CompletionStage<Standing> report(ReplicaId by, long standing, VersionVector merged) {
    return call(it -> it.report(by, standing, merged));
  }

  @Override
  public CompletionStage<Standing> standing() {
    var answer = new CompletableFuture<Standing>();
    long behind = draw.nextLong(Math.min(BEHIND_MAX, decided.size()));
    soon(answer, () -> answer.complete(decided.get(decided.size() - 1 - (int) behind)));
    return answer;
  }
}
