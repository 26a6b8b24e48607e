package dev.synod.benchmarks.jmh;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A delta of one element merged into a set of 100,000, and vectors of 16 replicas merged; the same
 * with Pekko's Distributed Data, whose names end in {@code Ddata}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReplicatedTypes {

  private static final int ELEMENTS = 100_000;
  private static final int REPLICAS = 16;
  private static final int DELTAS = 1000;
  private static final ReplicaId HERE = new ReplicaId(1);
  private static final ReplicaId THERE = new ReplicaId(2);

  private AddWinsSet<String> set;
  private AddWinsSet<String>[] adding;
  private AddWinsSet<String>[] removing;
  private ORSet<String> setDdata;
  private org.apache.pekko.cluster.ddata.ReplicatedDelta[] addingDdata;
  private VersionVector vector;
  private VersionVector otherVector;
  private org.apache.pekko.cluster.ddata.VersionVector vectorDdata;
  private org.apache.pekko.cluster.ddata.VersionVector otherVectorDdata;
  private int turn;

  @Setup(Level.Trial)
  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays
  public void build() {
    set = AddWinsSet.empty();
    setDdata = ORSet.empty();
    for (int i = 0; i < ELEMENTS; i++) {
      set = set.merge(set.add(HERE, "element-" + i));
      setDdata = setDdata.add(node(1), "element-" + i).resetDelta();
    }
    adding = new AddWinsSet[DELTAS];
    removing = new AddWinsSet[DELTAS];
    addingDdata = new org.apache.pekko.cluster.ddata.ReplicatedDelta[DELTAS];
    for (int i = 0; i < DELTAS; i++) {
      adding[i] = set.add(THERE, "another-" + i);
      removing[i] = set.remove(THERE, "element-" + i * (ELEMENTS / DELTAS));
      addingDdata[i] = setDdata.add(node(2), "another-" + i).delta().get();
    }
    vector = vector(i -> i * 1000L);
    otherVector = vector(i -> (REPLICAS + 1 - i) * 1000L);
    vectorDdata = vectorDdata(i -> i);
    otherVectorDdata = vectorDdata(i -> REPLICAS + 1 - i);
  }

  private static VersionVector vector(java.util.function.LongUnaryOperator counter) {
    return VersionVector.ofAscending(
        IntStream.rangeClosed(1, REPLICAS).toArray(),
        LongStream.rangeClosed(1, REPLICAS).map(counter).toArray());
  }

  private static SelfUniqueAddress node(int number) {
    return new SelfUniqueAddress(
        new UniqueAddress(new Address("pekko", "jmh", "n" + number, 7355), (long) number));
  }

  private static org.apache.pekko.cluster.ddata.VersionVector vectorDdata(
      java.util.function.IntUnaryOperator increments) {
    var made = org.apache.pekko.cluster.ddata.VersionVector.empty();
    for (int replica = 1; replica <= REPLICAS; replica++) {
      for (int i = increments.applyAsInt(replica); i > 0; i--) {
        made = made.increment(node(replica));
      }
    }
    return made;
  }

  private int next() {
    turn = (turn + 1) % DELTAS;
    return turn;
  }

  @Benchmark
  public AddWinsSet<String> mergeAdding() {
    return set.merge(adding[next()]);
  }

  @Benchmark
  public AddWinsSet<String> mergeRemoving() {
    return set.merge(removing[next()]);
  }

  @Benchmark
  public AddWinsSet<String> addHere() {
    return set.merge(set.add(HERE, "another"));
  }

  @Benchmark
  @SuppressWarnings("unchecked") // a delta of such a set
  public ORSet<String> mergeAddingDdata() {
    return setDdata.mergeDelta((ORSet.DeltaOp) addingDdata[next()]);
  }

  @Benchmark
  public VersionVector mergeVectors() {
    return vector.merge(otherVector);
  }

  @Benchmark
  public org.apache.pekko.cluster.ddata.VersionVector mergeVectorsDdata() {
    return vectorDdata.merge(otherVectorDdata);
  }
}
