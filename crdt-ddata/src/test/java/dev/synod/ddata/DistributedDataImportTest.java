package dev.synod.ddata;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.GCounter;
import dev.synod.crdt.MvRegister;
import dev.synod.crdt.OrMap;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.dots.DotFun;
import dev.synod.crdt.dots.Written;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.crdt.wire.StoreCodecs;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ddata.DistributedData;
import org.apache.pekko.cluster.ddata.GCounterKey;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.ORSetKey;
import org.apache.pekko.cluster.ddata.PNCounter;
import org.apache.pekko.cluster.ddata.PNCounterKey;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.apache.pekko.cluster.ddata.Replicator;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.pattern.Patterns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An import from Distributed Data")
class DistributedDataImportTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Consistency HERE = Consistency.local().after(CausalToken.NONE, TIMEOUT);
  private static final Replicator.ReadConsistency LOCAL = Replicator.readLocal();
  private static final Family<GCounter> VISITS =
      new Family<>("visits/", PlainCodecs.gCounter(), GCounter.ZERO);
  private static final Family<PnCounter> STOCK =
      new Family<>("stock/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final Family<AddWinsSet<String>> CARTS =
      new Family<>("cart/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  private static final Family<OrMap<String, DotFun<Written<Long>>>> PRICES =
      new Family<>(
          "price/",
          CausalCodecs.orMap(Codec.text(), StoreCodecs.written(Codec.number())),
          OrMap.empty());

  private static ActorTestKit kit;
  private static DistributedData ddata;
  private static ReplicatedValues values;
  private static DistributedDataImport imports;

  @BeforeAll
  static void start() throws InterruptedException {
    kit =
        ActorTestKit.create(
            "old",
            ConfigFactory.parseString(
                    """
                    pekko.actor.provider = cluster
                    pekko.library-extensions = [] # else the receptionist of pekko-cluster-typed
                    pekko.cluster.jmx.enabled = off
                    pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                    """)
                .withFallback(ConfigFactory.load()));
    var cluster = Cluster.get(Adapter.toClassic(kit.system()));
    var isUp = new CountDownLatch(1);
    cluster.registerOnMemberUp(isUp::countDown);
    cluster.join(cluster.selfAddress());
    assertThat(isUp.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    ddata = DistributedData.get(kit.system());
    values =
        ReplicatedValues.start(
            kit.system(),
            "new",
            List.of(kit.system().address().toString()),
            List.of(VISITS, STOCK, CARTS, PRICES));
    imports = DistributedDataImport.of(kit.system(), values);
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Changes a value there. */
  private static <D extends ReplicatedData> void there(
      Key<D> key, D initial, UnaryOperator<D> change) {
    var update = new Replicator.Update<>(key, initial, Replicator.writeLocal(), change::apply);
    assertThat(now(Patterns.ask(ddata.replicator(), update, TIMEOUT)))
        .isInstanceOf(Replicator.UpdateSuccess.class);
  }

  private static SelfUniqueAddress node() {
    return ddata.selfUniqueAddress();
  }

  private static <T extends Lattice<T>> T here(Family<T> family, String key) {
    return ((ReadOutcome.Found<T>) now(values.get(family, key, HERE))).value();
  }

  private static ImportOutcome run(Mapping<?, ?> mapping) {
    return now(imports.run(mapping, LOCAL, Consistency.majority(TIMEOUT)));
  }

  private static void isNew(ImportOutcome outcome, boolean isNew) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ImportOutcome.Imported.class,
            imported -> {
              assertThat(imported.isNew()).isEqualTo(isNew);
              assertThat(imported.copies()).isEqualTo(1);
            });
  }

  @Test
  @DisplayName("brings counters, and later only what was counted since")
  void counters() {
    var visits = GCounterKey.create("visits");
    var stock = PNCounterKey.create("stock");
    there(visits, org.apache.pekko.cluster.ddata.GCounter.create(), it -> it.increment(node(), 7));
    there(stock, PNCounter.create(), it -> it.increment(node(), 3).decrement(node(), 5));
    var first = Mapping.gCounter(visits, VISITS, "visits/all");
    var second = Mapping.pnCounter(stock, STOCK, "stock/milk");

    for (boolean isNew : List.of(true, false)) {
      isNew(run(first), isNew);
      isNew(run(second), isNew);
      assertThat(here(VISITS, "visits/all").value()).isEqualTo(7);
      assertThat(here(STOCK, "stock/milk").value()).isEqualTo(-2);
    }

    now(values.update(STOCK, "stock/milk", (it, me) -> it.add(me, 100), HERE));
    there(stock, PNCounter.create(), it -> it.decrement(node(), 1));
    isNew(run(second), true);
    assertThat(here(STOCK, "stock/milk").value()).isEqualTo(97);
  }

  @Test
  @DisplayName("brings a set once, and nothing back that was removed since")
  void set() {
    var cart = ORSetKey.<String>create("cart-7");
    there(cart, ORSet.create(), it -> it.add(node(), "milk").add(node(), "bread"));

    isNew(now(importCart(kit.system())), true);
    assertThat(here(CARTS, "cart/7").elements()).containsExactlyInAnyOrder("milk", "bread");

    now(values.update(CARTS, "cart/7", (it, me) -> it.remove(me, "milk"), HERE));
    isNew(now(importCart(kit.system())), false);
    assertThat(here(CARTS, "cart/7").elements()).containsExactly("bread");
  }

  private static CompletionStage<ImportOutcome> importCart(ActorSystem<?> system) {
    // snippet: import
    var imports = DistributedDataImport.of(system, values);
    var mapping = Mapping.orSet(ORSetKey.<String>create("cart-7"), CARTS, "cart/7");
    var reading = new Replicator.ReadMajority(TIMEOUT);
    return imports.run(mapping, reading, Consistency.majority(TIMEOUT));
    // end snippet
  }

  @Test
  @DisplayName("brings a map of last writes as a map of registers")
  void map() {
    var prices = LWWMapKey.<String, Long>create("prices");
    there(prices, LWWMap.create(), it -> it.put(node(), "milk", 99L).put(node(), "bread", 250L));
    var mapping = Mapping.lwwMap(prices, PRICES, "price/all");

    isNew(run(mapping), true);
    isNew(run(mapping), false);

    var map = here(PRICES, "price/all");
    assertThat(map.keys()).containsExactlyInAnyOrder("milk", "bread");
    assertThat(MvRegister.valuesOf(map.get("milk").orElseThrow().store())).containsExactly(99L);
  }

  @Test
  @DisplayName("says what is not there, or no longer")
  void missing() {
    var gone = PNCounterKey.create("gone");
    there(gone, PNCounter.create(), it -> it.increment(node(), 1));
    now(
        Patterns.ask(
            ddata.replicator(), new Replicator.Delete<>(gone, Replicator.writeLocal()), TIMEOUT));

    assertThat(run(Mapping.pnCounter(PNCounterKey.create("nowhere"), STOCK, "stock/x")))
        .isEqualTo(new ImportOutcome.Missing());
    assertThat(run(Mapping.pnCounter(gone, STOCK, "stock/x")))
        .isEqualTo(new ImportOutcome.Unread("the key was deleted there"));
    assertThat(here(STOCK, "stock/x")).isEqualTo(PnCounter.ZERO);
  }

  @Test
  @DisplayName("says when too few nodes answer")
  void unread() {
    var few = PNCounterKey.create("few");
    there(few, PNCounter.create(), it -> it.increment(node(), 1));
    var two = new Replicator.ReadFrom(2, Duration.ofSeconds(1));

    var outcome =
        now(
            imports.run(
                Mapping.pnCounter(few, STOCK, "stock/few"), two, Consistency.majority(TIMEOUT)));

    assertThat(outcome).isInstanceOf(ImportOutcome.Unread.class);
    assertThat(here(STOCK, "stock/few")).isEqualTo(PnCounter.ZERO);
  }

  @Test
  @DisplayName("changes nothing if the key there has a value of another type")
  void wrongType() {
    there(ORSetKey.<Integer>create("numbers"), ORSet.create(), it -> it.add(node(), 5));

    assertThat(run(Mapping.gCounter(GCounterKey.create("numbers"), VISITS, "visits/numbers")))
        .isEqualTo(new ImportOutcome.WrongType("GCounter", "ORSet"));
    assertThat(run(Mapping.orSet(ORSetKey.<String>create("numbers"), CARTS, "cart/numbers")))
        .isInstanceOfSatisfying(
            ImportOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("none of the family's"));
    assertThat(here(VISITS, "visits/numbers")).isEqualTo(GCounter.ZERO);
    assertThat(here(CARTS, "cart/numbers")).isEqualTo(AddWinsSet.empty());
  }

  @Test
  @DisplayName("changes nothing if the value can't be taken here")
  void refused() {
    var large = PNCounterKey.create("large");
    there(large, PNCounter.create(), it -> it.increment(node(), BigInteger.ONE.shiftLeft(61)));
    var larger = PNCounterKey.create("larger");
    there(larger, PNCounter.create(), it -> it.increment(node(), BigInteger.ONE.shiftLeft(63)));

    assertThat(run(Mapping.pnCounter(large, STOCK, "stock/large")))
        .isInstanceOf(ImportOutcome.Refused.class);
    assertThat(run(Mapping.pnCounter(larger, STOCK, "stock/large")))
        .isEqualTo(new ImportOutcome.Refused("a counter is above what a long holds"));
    assertThat(run(Mapping.pnCounter(PNCounterKey.create("large"), STOCK, "elsewhere")))
        .isInstanceOf(ImportOutcome.Refused.class);
    assertThat(here(STOCK, "stock/large")).isEqualTo(PnCounter.ZERO);
  }
}
