package dev.synod.samples.modes;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.LadderEntity;
import dev.synod.crdt.ladder.LadderOutcome;
import dev.synod.crdt.ladder.LadderRead;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.samples.demo.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One entity that is moved up a ladder, as each node sees it. Its calls wait.
 *
 * @param <T> its value
 * @param <O> operations
 */
final class Climber<T extends Lattice<T>, O> {

  /** For all nodes to hear of a move or a change, on a machine that is busy with other things. */
  private static final Duration ARRIVAL_MAX = Duration.ofSeconds(20);

  private final Map<String, LadderEntity<T, O>> nodes;
  private final Function<String, O> operation;
  private final Function<T, String> text;

  /**
   * @param nodes the entity at each of them
   * @param operation what somebody at that node does
   * @param text the value for people
   */
  Climber(
      Map<String, LadderEntity<T, O>> nodes,
      Function<String, O> operation,
      Function<T, String> text) {
    this.nodes = new LinkedHashMap<>(nodes);
    this.operation = operation;
    this.text = text;
  }

  /**
   * What a site that is cut off is told.
   *
   * @param write of its own operation
   * @param read of a read
   * @param readAfter of a read that is to show what the other site has written
   */
  record Told(String write, String read, String readAfter) {}

  private LadderEntity<T, O> at(String node) {
    var entity = nodes.get(node);
    if (entity == null) {
      throw new IllegalArgumentException("no ladder is at " + node);
    }
    return entity;
  }

  private static <A> A answer(CompletionStage<A> stage) {
    return stage.toCompletableFuture().join();
  }

  /** Moves it from that node, and waits until all nodes serve it in that mode. */
  String moveTo(String node, ConsistencyMode mode) {
    var outcome = answer(at(node).moveTo(mode));
    new Waiting()
        .until(() -> nodes.values().stream().allMatch(it -> serves(it, mode)), ARRIVAL_MAX);
    return text(outcome);
  }

  private static boolean serves(LadderEntity<?, ?> entity, ConsistencyMode mode) {
    var status = answer(entity.status());
    return status.mode() == mode && !status.isMoving() && status.isReady();
  }

  /** Does that at that node; gives what its caller is told. */
  LadderOutcome update(String node, O what) {
    return answer(at(node).update(what));
  }

  /** Does at that node what is done there. */
  LadderOutcome update(String node) {
    return update(node, operation.apply(node));
  }

  /** Writes and reads at a node that is cut off. */
  Told ask(String node, CausalToken written) {
    var write = at(node).update(operation.apply(node));
    var read = at(node).read();
    var readAfter = at(node).read(written);
    return new Told(text(answer(write)), text(answer(read)), text(answer(readAfter)));
  }

  /** What all nodes show once that is so, or it takes too long. */
  List<String> await(String value) {
    var seen = new ArrayList<String>();
    new Waiting()
        .until(
            () -> {
              seen.clear();
              seen.addAll(values());
              return seen.stream().allMatch(value::equals);
            },
            ARRIVAL_MAX);
    return seen;
  }

  private List<String> values() {
    return nodes.values().stream().map(it -> text(answer(it.read()))).toList();
  }

  /** In a few words. */
  static String text(LadderOutcome outcome) {
    if (outcome instanceof LadderOutcome.Rejected) {
      return "refused";
    }
    return outcome instanceof LadderOutcome.Done ? "done" : "unknown";
  }

  private String text(LadderRead<T> outcome) {
    return outcome instanceof LadderRead.Found<T> found ? text.apply(found.value()) : "refused";
  }
}
