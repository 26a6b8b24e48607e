package dev.synod.benchmarks.crdt;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.ddata.DistributedData;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.ORSetKey;
import org.apache.pekko.cluster.ddata.PNCounter;
import org.apache.pekko.cluster.ddata.PNCounterKey;
import org.apache.pekko.cluster.ddata.Replicator;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.pattern.Patterns;
import scala.jdk.javaapi.CollectionConverters;

/** Pekko's Distributed Data, with its own settings. */
final class DistributedDataSystem implements DataSystem {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "ddata";
  }

  @Override
  public DataNode start(int address, List<Integer> ports) throws Exception {
    var config =
        ConfigFactory.parseString(
                "pekko.library-extensions = [], pekko.actor.provider = cluster,"
                    + " pekko.cluster.jmx.enabled = off, pekko.remote.artery.canonical.port = "
                    + ports.get(address))
            .withFallback(ConfigFactory.load("bench"));
    var system = ActorSystem.create("data", config);
    var cluster = Cluster.get(system);
    cluster.join(new Address("pekko", "data", "127.0.0.1", ports.get(0)));
    while (!cluster.selfMember().status().equals(MemberStatus.up())) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    var data = DistributedData.get(system);
    return new Node(system, data.replicator(), data.selfUniqueAddress());
  }

  /** Hears of changes. */
  private static final class Ear extends AbstractActor {
    private final Runnable changed;

    Ear(Runnable changed) {
      this.changed = changed;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().match(Replicator.Changed.class, message -> changed.run()).build();
    }
  }

  private record Node(ActorSystem system, ActorRef replicator, SelfUniqueAddress self)
      implements DataNode {

    @Override
    public CompletionStage<?> count(String key) {
      var update =
          new Replicator.Update<PNCounter>(
              PNCounterKey.create(key),
              PNCounter.create(),
              Replicator.writeLocal(),
              counter -> counter.increment(self, 1));
      return Patterns.ask(replicator, update, TIMEOUT);
    }

    @Override
    public CompletionStage<Long> counter(String key) {
      return get(PNCounterKey.create(key))
          .thenApply(
              answer ->
                  answer instanceof Replicator.GetSuccess<?> found
                      ? ((PNCounter) found.dataValue()).getValue().longValue()
                      : 0L);
    }

    private CompletionStage<Object> get(Key<?> key) {
      return Patterns.ask(
          replicator, new Replicator.Get<>(cast(key), Replicator.readLocal()), TIMEOUT);
    }

    @SuppressWarnings("unchecked") // any key will do
    private static Key<PNCounter> cast(Key<?> key) {
      return (Key<PNCounter>) key;
    }

    @Override
    public void onChange(String key, Runnable changed) {
      var ear = system.actorOf(Props.create(Ear.class, () -> new Ear(changed)));
      replicator.tell(
          new Replicator.Subscribe<>(PNCounterKey.create(key), ear), ActorRef.noSender());
    }

    @Override
    public CompletionStage<?> add(String key, int from, int to) {
      var update =
          new Replicator.Update<ORSet<String>>(
              ORSetKey.create(key),
              ORSet.create(),
              Replicator.writeLocal(),
              set -> {
                var all = set;
                for (int i = from; i < to; i++) {
                  all = all.add(self, "element-" + i);
                }
                return all;
              });
      return Patterns.ask(replicator, update, TIMEOUT);
    }

    @Override
    public CompletionStage<?> remove(String key) {
      return Patterns.ask(
          replicator,
          new Replicator.Delete<>(ORSetKey.<String>create(key), Replicator.writeLocal()),
          TIMEOUT);
    }

    @Override
    public CompletionStage<Integer> size(String key) {
      return get(ORSetKey.<String>create(key))
          .thenApply(
              answer ->
                  answer instanceof Replicator.GetSuccess<?> found
                      ? ((ORSet<?>) found.dataValue()).size()
                      : 0);
    }

    @Override
    public CompletionStage<Integer> keys() {
      return Patterns.ask(replicator, Replicator.GetKeyIds$.MODULE$, TIMEOUT)
          .thenApply(
              answer ->
                  CollectionConverters.asJava(((Replicator.GetKeyIdsResult) answer).keyIds())
                      .size());
    }

    @Override
    public void close() {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }
}
