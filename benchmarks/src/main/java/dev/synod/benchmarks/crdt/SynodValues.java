package dev.synod.benchmarks.crdt;

import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.actor.Replicator.Subscribed;
import dev.synod.crdt.registry.ReplicaRegistry;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Synod's, in memory or on disk. */
final class SynodValues implements DataSystem {

  private static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final Family<AddWinsSet<String>> SETS =
      new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());

  /** A node that merges a set of a million answers when it has. */
  private static final Consistency HERE = Consistency.copies(1, Duration.ofMinutes(5));

  private final Optional<Path> folder;
  private final Optional<ReplicaRegistry> registry;
  private final int shards;
  private int starts;

  private SynodValues(Optional<Path> folder, Optional<ReplicaRegistry> registry, int shards) {
    this.folder = folder;
    this.registry = registry;
    this.shards = shards;
  }

  static SynodValues inMemory() {
    return new SynodValues(Optional.empty(), Optional.empty(), 1);
  }

  /** In memory, with keys in so many shards. */
  static SynodValues inShards(int shards) {
    return new SynodValues(Optional.empty(), Optional.empty(), shards);
  }

  /**
   * Keeps its values.
   *
   * @param folder where each node that starts has a directory of its own
   */
  static SynodValues onDisk(Path folder) {
    return new SynodValues(Optional.of(folder), Optional.empty(), 1);
  }

  /** In memory, under ids of a registry in this process. */
  static SynodValues registered() {
    return new SynodValues(Optional.empty(), Optional.of(new LocalRegistry()), 1);
  }

  @Override
  public String name() {
    return folder.isPresent() ? "synod on disk" : shards > 1 ? "synod, shards" : "synod";
  }

  @Override
  public DataNode start(int address, List<Integer> ports) {
    var config =
        ConfigFactory.parseString(
                "pekko.remote.artery.canonical.port = %d%nsynod.crdt.shards = %d"
                    .formatted(ports.get(address), shards))
            .withFallback(ConfigFactory.load("bench"));
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "data", config);
    var nodes = ports.stream().map(port -> "pekko://data@127.0.0.1:" + port).toList();
    return new Node(system, start(system, nodes));
  }

  private ReplicatedValues start(ActorSystem<Void> system, List<String> nodes) {
    List<Family<?>> families = List.of(COUNTERS, SETS);
    if (registry.isPresent()) {
      return ReplicatedValues.start(system, "bench", registry.get(), families);
    }
    return folder.isPresent()
        ? ReplicatedValues.start(
            system, "bench", nodes, families, folder.get().resolve("n" + ++starts))
        : ReplicatedValues.start(system, "bench", nodes, families);
  }

  private record Node(ActorSystem<Void> system, ReplicatedValues data) implements DataNode {

    @Override
    public CompletionStage<?> count(String key) {
      return data.update(
          COUNTERS, "counter/" + key, (it, me) -> it.add(me, 1), Consistency.local());
    }

    @Override
    public CompletionStage<Long> counter(String key) {
      return data.get(COUNTERS, "counter/" + key, Consistency.local())
          .thenApply(outcome -> ((ReadOutcome.Found<PnCounter>) outcome).value().value());
    }

    @Override
    public void onChange(String key, Runnable changed) {
      ActorRef<Subscribed<PnCounter>> ear =
          system.systemActorOf(
              Behaviors.receiveMessage(
                  message -> {
                    changed.run();
                    return Behaviors.same();
                  }),
              "ear-" + key,
              Props.empty());
      data.subscribe(COUNTERS, "counter/" + key, ear);
    }

    @Override
    public CompletionStage<?> add(String key, int from, int to) {
      return data.update(
          SETS,
          "set/" + key,
          (set, me) -> {
            var all = set;
            AddWinsSet<String> added = AddWinsSet.empty();
            for (int i = from; i < to; i++) {
              var one = all.add(me, "element-" + i);
              added = added.merge(one);
              all = all.merge(one);
            }
            return added;
          },
          HERE);
    }

    @Override
    public CompletionStage<?> remove(String key) {
      return data.update(SETS, "set/" + key, (set, me) -> set.clear(me), HERE);
    }

    @Override
    public CompletionStage<Integer> size(String key) {
      return data.get(SETS, "set/" + key, HERE)
          .thenApply(outcome -> ((ReadOutcome.Found<AddWinsSet<String>>) outcome).value().size());
    }

    @Override
    public CompletionStage<Integer> keys() {
      return data.describe().thenApply(Description::keys);
    }

    @Override
    public void close() {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }
}
