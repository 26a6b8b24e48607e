package dev.synod.testkit.lab.lock;

import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorRef;

/** Five stores on n1 to n5, each on its own or n2 a replica of n1, and clients from n6 on. */
final class LockLab {

  static final int STORES = 5;
  static final Duration TTL = Duration.ofSeconds(10);

  private static final int MACHINES = 16;

  private final boolean replicates;
  private final World world;
  private final Map<String, ActorRef<Store.Message>> stores = new HashMap<>();
  private final CriticalSection section = new CriticalSection();

  LockLab(long seed, boolean replicates) {
    this.replicates = replicates;
    this.world = LabWorld.of(seed, MACHINES, this::boot);
  }

  World world() {
    return world;
  }

  CriticalSection section() {
    return section;
  }

  /** A client that asks only the store on that machine: {@code SET NX PX}. */
  void setNxClient(String name, String primary, Duration job) {
    client(name, 1, number -> store(primary), job, false);
  }

  /** A client of RedLock, which stops when its time is over. */
  void redLockClient(String name, Duration job) {
    client(name, STORES, number -> store("n" + (number + 1)), job, true);
  }

  /** Until that client is in the critical section. */
  void untilIn(String client) {
    if (!world.engine().runUntil(() -> section.isIn(client), TTL)) {
      throw new AssertionError(client + " never got the lock");
    }
  }

  private void client(
      String name,
      int count,
      IntFunction<ActorRef<Store.Message>> at,
      Duration job,
      boolean stopsInTime) {
    var machine = world.machine(name);
    machine.spawn(
        RedLock.of(new RedLock.Setup(machine, count, at, TTL, job, stopsInTime, section)),
        "client");
  }

  private ActorRef<Store.Message> store(String name) {
    var store = stores.get(name);
    if (store == null) {
      throw new IllegalArgumentException("no store on " + name);
    }
    return store;
  }

  private void boot(Machine machine) {
    var store = machine.spawn(Store.on(machine, copied -> replicate(machine, copied)), "store");
    stores.put(machine.name(), store);
  }

  private void replicate(Machine from, Store.Copied copied) {
    if (replicates && from.name().equals("n1")) {
      from.peers().tell(store("n2"), copied);
    }
  }
}
