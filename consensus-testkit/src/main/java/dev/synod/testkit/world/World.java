package dev.synod.testkit.world;

import com.typesafe.config.Config;
import dev.synod.testkit.engine.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Machines on one network in one virtual time. */
public final class World {

  private final Engine engine;
  private final Network network;
  private final Map<String, Machine> machines = new LinkedHashMap<>();

  /**
   * Machines n1, n2, … that are still off.
   *
   * @param config of the one actor system on which all of them live
   */
  public World(long seed, int count, Config config, Program program) {
    this.engine = Engine.of(seed, config);
    this.network = new Network(engine);
    for (String name : names(count)) {
      var machine = new Machine(name, engine, network, program);
      machines.put(name, machine);
      network.add(machine);
    }
  }

  /** The names that so many machines have. */
  public static List<String> names(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> "n" + number).toList();
  }

  public Engine engine() {
    return engine;
  }

  public Network network() {
    return network;
  }

  public List<Machine> machines() {
    return List.copyOf(machines.values());
  }

  public Set<String> names() {
    return machines.keySet();
  }

  public Machine machine(String name) {
    var machine = machines.get(name);
    if (machine == null) {
      throw new IllegalArgumentException(
          "no machine is called %s: there are %s".formatted(name, machines.keySet()));
    }
    return machine;
  }

  /** Boots all that are off. */
  public void bootAll() {
    machines.values().forEach(Machine::boot);
  }
}
