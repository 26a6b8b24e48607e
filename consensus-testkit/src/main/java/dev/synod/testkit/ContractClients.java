package dev.synod.testkit;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.testkit.history.HistoryRecorder.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.stream.javadsl.Sink;

/** Clients of a group that adds up what it is told, and what they were told. */
final class ContractClients {

  private static final String KEY = "sum";

  private final Simulation simulation;
  private final SimulatedGroup<Long, Long> group;
  private final List<Asked> writes = new ArrayList<>();
  private int calls;

  /**
   * A command under way or done.
   *
   * @param life of the machine that it was sent from: with its power, the answer goes
   */
  private record Asked(String node, int life, CompletableFuture<Outcome<Long>> outcome) {}

  ContractClients(Simulation simulation, SimulatedGroup<Long, Long> group) {
    this.simulation = simulation;
    this.group = group;
  }

  /** Adds 1 so many times from that machine, all under way at once. */
  void write(String node, int times) {
    for (int i = 0; i < times; i++) {
      var asked = simulation.history().invoke("client-" + ++calls, "add", KEY, 1);
      var outcome = group.on(node).propose(1L);
      writes.add(new Asked(node, lives(node), noted(asked, outcome)));
    }
  }

  /** Reads what is acknowledged, from that machine. */
  void read(String node) {
    var asked = simulation.history().invoke("client-" + ++calls, "get", KEY);
    var unused = noted(asked, group.on(node).query(0L, Read.linearizable()));
  }

  private static CompletableFuture<Outcome<Long>> noted(
      Pending asked, CompletionStage<Outcome<Long>> outcome) {
    return outcome
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                asked.end(Objects.requireNonNull(done));
              } else {
                asked.unknown(failure.toString());
              }
            })
        .toCompletableFuture();
  }

  /** Until all have their outcome, or their machine has lost its power since. */
  void settle() {
    simulation.eventually(
        "all have an outcome", () -> writes.stream().allMatch(this::isOver), Simulation.PATIENCE);
  }

  private boolean isOver(Asked asked) {
    return asked.outcome().isDone() || lives(asked.node()) != asked.life();
  }

  private int lives(String node) {
    return simulation.world().machine(node).lives();
  }

  private Stream<Outcome<Long>> outcomes() {
    return writes.stream()
        .map(Asked::outcome)
        .filter(CompletableFuture::isDone)
        .map(it -> it.join());
  }

  private Stream<Outcome.Ok<Long>> oks() {
    return outcomes()
        .flatMap(outcome -> outcome instanceof Outcome.Ok<Long> ok ? Stream.of(ok) : Stream.of());
  }

  int acknowledged() {
    return (int) oks().count();
  }

  int rejected(Outcome.Reason reason) {
    return (int)
        outcomes()
            .filter(it -> it instanceof Outcome.Rejected<Long> no && no.reason() == reason)
            .count();
  }

  /** Neither taken for certain, nor refused for certain. */
  int unknown() {
    long refused = outcomes().filter(Outcome.Rejected.class::isInstance).count();
    return writes.size() - acknowledged() - (int) refused;
  }

  /** What was answered to those that were taken. */
  List<Long> replies() {
    return oks().map(Outcome.Ok::reply).toList();
  }

  /** The reply to the command at that place, if a client of these has got it. */
  Optional<Long> replyAt(long index) {
    return oks().filter(ok -> ok.index() == index).map(Outcome.Ok::reply).findFirst();
  }

  /**
   * What is applied on that machine from that index on, by its index; more comes as time passes.
   */
  NavigableMap<Long, Long> watch(String node, long from) {
    var seen = new TreeMap<Long, Long>();
    var unused =
        group
            .on(node)
            .watch(From.index(from))
            .runWith(
                Sink.foreach((AppliedCommand<Long> it) -> seen.put(it.index(), it.command())),
                simulation.materializer(node));
    return seen;
  }

  @Override
  public String toString() {
    return writes.size() + " writes, " + acknowledged() + " ok, " + unknown() + " unknown";
  }
}
