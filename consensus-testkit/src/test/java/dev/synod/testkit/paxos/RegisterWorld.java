package dev.synod.testkit.paxos;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Group;
import dev.synod.core.Bytes;
import dev.synod.core.Outcome;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.paxos.PaxosRegisters;
import dev.synod.paxos.QuorumSystem;
import dev.synod.paxos.actor.AcceptorMessage;
import dev.synod.paxos.actor.ProposerMessage;
import dev.synod.paxos.actor.RegisterReply;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Nodes;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.HistoryRecorder;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Three machines whose nodes host registers, and three clients that read, write and compare these,
 * one of them far more often than the others, while messages are lost and machines crash.
 */
final class RegisterWorld {

  private static final int MACHINES = 3;
  private static final int RARE_KEYS = 4;
  private static final Duration THOUGHT_MAX = Duration.ofMillis(100);
  private static final Duration WRITE_MAX = Duration.ofMillis(30);
  private static final Duration UP_MAX = Duration.ofSeconds(6);
  private static final Duration DOWN_MAX = Duration.ofMillis(500);

  /** One message of five is lost, one of ten doubled, and they keep no order. */
  private static final LinkQuality BAD =
      new LinkQuality(Duration.ZERO, Duration.ofMillis(10), 200, 100, 500, Duration.ofMillis(10));

  private final World world;
  private final Engine engine;
  private final RandomGenerator random;
  private final HistoryRecorder recorder;
  private final Map<String, PaxosRegisters> registers = new HashMap<>();
  private final KeptPromises promises = new KeptPromises();
  private final Map<String, String> seen = new HashMap<>();
  private int calls;

  RegisterWorld(long seed) {
    var config =
        ConfigFactory.parseString(
                """
                synod.client.ask-timeout = 3s
                synod.client.attempt-timeout = 1s
                synod.paxos {
                  answer-timeout = 100ms
                  backoff-max = 200ms
                  stale-entries-max = 8
                  value-bytes-max = 1 KiB
                }
                """)
            .withFallback(GroupSettings.smallLogs());
    world = new World(seed, MACHINES, config, this::start);
    engine = world.engine();
    random = new Draw(engine.chance("registers").nextLong());
    recorder = new HistoryRecorder(engine::nanoTime);
    world.network().quality(BAD);
    world
        .network()
        .disorder(
            message ->
                message instanceof AcceptorMessage.Hear || message instanceof ProposerMessage.Hear);
    world.network().observer((from, to, message) -> said(message));
    world.network().ownObserver((from, to, message) -> said(message));
    for (Machine machine : world.machines()) {
      machine.disk().latency(Duration.ofMillis(1), WRITE_MAX);
    }
    world.bootAll();
  }

  /** What clients were told within that time. */
  History run(Duration length) {
    for (String client : new String[] {"c1", "c2", "c3"}) {
      think(client);
    }
    for (Machine machine : world.machines()) {
      engine.after(upTo(UP_MAX), () -> crashes(machine));
    }
    engine.after(upTo(UP_MAX), this::powerCuts);
    engine.runFor(length);
    return recorder.history();
  }

  /**
   * What acceptors said though they had promised or accepted something else; nothing if all is
   * well.
   */
  String brokenPromise() {
    return promises.broken();
  }

  /** How many calls ended so. */
  static long count(History history, Ending ending) {
    return history.operations().stream().filter(one -> one.ending() == ending).count();
  }

  private void start(Machine machine) {
    var node = Nodes.start(machine);
    Consumer<Group<?, ?, ?>> host = group -> node.start(group);
    registers.put(
        machine.name(),
        PaxosRegisters.start(
            host,
            machine.engine().system(),
            "registers",
            QuorumSystem.majorities(),
            Nodes.members(MACHINES)));
  }

  private void said(Object message) {
    if (message instanceof ProposerMessage.Hear hear) {
      promises.said(hear.key(), hear.answer());
    }
  }

  /** One machine after the other, each again and again. */
  private void crashes(Machine machine) {
    crash(machine);
    engine.after(upTo(UP_MAX), () -> crashes(machine));
  }

  /** All machines at once, so that what was durable nowhere is lost everywhere. */
  private void powerCuts() {
    world.machines().forEach(this::crash);
    engine.after(upTo(UP_MAX), this::powerCuts);
  }

  private void crash(Machine machine) {
    machine.crash(MemoryDisk.Tear.values()[random.nextInt(MemoryDisk.Tear.values().length)]);
    engine.after(upTo(DOWN_MAX), machine::boot);
  }

  private void think(String client) {
    engine.after(upTo(THOUGHT_MAX), () -> call(client));
  }

  private void call(String client) {
    var key = random.nextInt(10) == 0 ? "r" + random.nextInt(RARE_KEYS) : "k";
    var seen = this.seen.getOrDefault(key, Call.NIL);
    var next = "v" + ++calls;
    int kind = random.nextInt(4);
    if (kind == 0) {
      var pending = recorder.invoke(client, "read", key);
      ask(client, pending, one -> one.get(key), read -> read(pending, key, read));
    } else if (kind == 1) {
      var pending = recorder.invoke(client, "write", key, next);
      ask(client, pending, one -> one.set(key, Bytes.utf8(next)), wrote -> pending.ok());
    } else {
      var pending = recorder.invoke(client, "cas", key, seen, next);
      var expected = Optional.of(seen).filter(text -> !text.equals(Call.NIL)).map(Bytes::utf8);
      ask(
          client,
          pending,
          one -> one.compareAndSet(key, expected, Optional.of(Bytes.utf8(next))),
          compared -> compared(pending, key, compared));
    }
  }

  /** Asks any machine that is up; an answer that does not come is as good as one that is lost. */
  private <R> void ask(
      String client,
      HistoryRecorder.Pending pending,
      Function<PaxosRegisters, CompletionStage<Outcome<R>>> asking,
      Consumer<R> told) {
    var up = world.machines().stream().filter(Machine::isUp).toList();
    if (up.isEmpty()) {
      pending.unknown("no machine is up");
      think(client);
      return;
    }
    asking
        .apply(registers.get(up.get(random.nextInt(up.size())).name()))
        .thenAccept(
            outcome -> {
              if (outcome instanceof Outcome.Ok<R> ok) {
                told.accept(ok.reply());
              } else {
                pending.end(outcome);
              }
              think(client);
            });
  }

  private void read(HistoryRecorder.Pending pending, String key, Optional<Bytes> read) {
    var now = read.map(Bytes::asUtf8).orElse(Call.NIL);
    seen.put(key, now);
    pending.ok(now);
  }

  private void compared(HistoryRecorder.Pending pending, String key, RegisterReply reply) {
    seen.put(key, reply.content().bytes().map(Bytes::asUtf8).orElse(Call.NIL));
    pending.ok(reply.changed());
  }

  private Duration upTo(Duration most) {
    return Duration.ofNanos(1 + random.nextLong(most.toNanos()));
  }
}
