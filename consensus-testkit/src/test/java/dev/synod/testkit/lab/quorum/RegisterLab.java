package dev.synod.testkit.lab.quorum;

import dev.synod.testkit.history.History;
import dev.synod.testkit.history.HistoryRecorder;
import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;

/** One register: home replicas on n1 to n3, substitutes on n4 and n5, clients on n6 to n9. */
final class RegisterLab {

  static final List<String> CLIENTS = List.of("n6", "n7", "n8", "n9");

  private static final List<String> HOMES = List.of("n1", "n2", "n3");
  private static final List<String> SUBSTITUTES = List.of("n4", "n5");
  private static final int MACHINES = 9;
  private static final Duration LONG = Duration.ofSeconds(1);

  private final World world;
  private final HistoryRecorder recorder;
  private final Map<String, ActorRef<Client.Message>> clients = new HashMap<>();

  RegisterLab(long seed, Options options) {
    world = LabWorld.of(seed, MACHINES, machine -> {});
    world.network().quality(LabWorld.STEADY);
    recorder = new HistoryRecorder(world.engine()::nanoTime);
    Map<String, ActorRef<Replica.Message>> replicas = new HashMap<>();
    for (var name : List.of("n1", "n2", "n3", "n4", "n5")) {
      var machine = world.machine(name);
      replicas.put(name, machine.spawn(Replica.on(machine, replicas), "replica"));
    }
    for (var name : CLIENTS) {
      var machine = world.machine(name);
      var setup = new Client.Setup(machine, options, HOMES, SUBSTITUTES, replicas);
      clients.put(name, machine.spawn(Client.of(setup), "client"));
    }
  }

  World world() {
    return world;
  }

  /** What the clients asked and were told. */
  History history() {
    return recorder.history();
  }

  /** Begins to write; completes when the client is told that it is done. */
  CompletableFuture<String> write(String client, String value) {
    var pending = recorder.invoke(client, "write", "", value);
    var told = new CompletableFuture<String>();
    client(client).tell(new Client.Write(value, done -> end(pending, told, done)));
    return told;
  }

  /** Begins to read; completes with what the client is told. */
  CompletableFuture<String> read(String client) {
    var pending = recorder.invoke(client, "read", "");
    var told = new CompletableFuture<String>();
    client(client).tell(new Client.Read(value -> end(pending, told, value)));
    return told;
  }

  private static void end(
      HistoryRecorder.Pending pending, CompletableFuture<String> told, String result) {
    pending.ok(result);
    told.complete(result);
  }

  private ActorRef<Client.Message> client(String name) {
    var client = clients.get(name);
    if (client == null) {
      throw new IllegalArgumentException("no client on " + name);
    }
    return client;
  }

  /** Whether it ends within a second, which is long. */
  boolean ends(CompletableFuture<String> operation) {
    return world.engine().runUntil(operation::isDone, LONG);
  }

  /** What it ends with; it must. */
  String resultOf(CompletableFuture<String> operation) {
    if (!ends(operation)) {
      throw new AssertionError("it never ended");
    }
    return operation.join();
  }

  /** Until that client sends replicas something of that kind; it is on its way then. */
  void untilSends(String client, Class<? extends Replica.Message> kind) {
    var isSent = new AtomicBoolean();
    world
        .network()
        .observer(
            (from, to, message) -> {
              if (from.equals(client) && kind.isInstance(message)) {
                isSent.set(true);
              }
            });
    if (!world.engine().runUntil(isSent::get, LONG)) {
      throw new AssertionError(client + " never sent it");
    }
  }

  /** Cuts the link between the two, in both directions. */
  void cut(String one, String other) {
    world
        .network()
        .links()
        .cut(
            (from, to) ->
                (from.equals(one) && to.equals(other)) || (from.equals(other) && to.equals(one)));
  }
}
