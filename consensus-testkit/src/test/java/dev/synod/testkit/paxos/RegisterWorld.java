package dev.synod.testkit.paxos;

import com.typesafe.config.ConfigFactory;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.core.StoreId;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.paxos.PaxosSettings;
import dev.synod.paxos.actor.AcceptorBehavior;
import dev.synod.paxos.actor.AcceptorMessage;
import dev.synod.paxos.actor.AcceptorSetup;
import dev.synod.paxos.actor.ProposerBehavior;
import dev.synod.paxos.actor.ProposerMessage;
import dev.synod.paxos.actor.ProposerSetup;
import dev.synod.paxos.actor.RegisterReply;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.RegisterChange;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.HistoryRecorder;
import dev.synod.testkit.world.Machine;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Three machines, an acceptor and a proposer on each, and three clients that read, write and
 * compare registers, one of them far more often than the others, while messages are lost and
 * machines crash. Logs are the shipped ones, on simulated disks.
 */
final class RegisterWorld {

  private static final int MACHINES = 3;
  private static final int RARE_KEYS = 4;
  private static final List<StoreId> MEMBERS = List.of(StoreId.of(1), StoreId.of(2), StoreId.of(3));
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration THOUGHT_MAX = Duration.ofMillis(100);
  private static final Duration WRITE_MAX = Duration.ofMillis(30);
  private static final Duration UP_MAX = Duration.ofSeconds(6);
  private static final Duration DOWN_MAX = Duration.ofMillis(500);

  private final World world;
  private final Engine engine;
  private final RandomGenerator random;
  private final HistoryRecorder recorder;
  private final PaxosSettings settings =
      PaxosSettings.from(
          ConfigFactory.parseString(
                  "answer-timeout = 100ms, backoff-max = 200ms, stale-entries-max = 8")
              .withFallback(ConfigFactory.load().getConfig("synod.paxos")));
  private final Map<StoreId, ActorRef<AcceptorMessage>> acceptors = new TreeMap<>();
  private final Map<String, ActorRef<ProposerMessage>> proposers = new TreeMap<>();
  private final KeptPromises promises = new KeptPromises();
  private final Map<String, String> seen = new HashMap<>();
  private int calls;

  RegisterWorld(long seed) {
    world = new World(seed, MACHINES, GroupSettings.smallLogs(), this::start);
    engine = world.engine();
    random = new Draw(engine.chance("registers").nextLong());
    recorder = new HistoryRecorder(engine::nanoTime);
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
    var self = StoreId.of(Long.parseLong(machine.name().substring(1)));
    var log =
        NodeLog.open(
            machine.disk().memory(),
            ConsensusSettings.of(machine.engine().system()).log(),
            machine.writer(),
            machine.host(),
            new Draw(machine.chance().nextLong()));
    var wire = new Wire(machine.engine(), new Draw(machine.chance().nextLong()), this::said);
    acceptors.put(
        self,
        machine.spawn(
            AcceptorBehavior.of(
                new AcceptorSetup(
                    self, log.group(new GroupId("acceptor")), wire, List.of(), settings)),
            "acceptor"));
    proposers.put(machine.name(), machine.spawn(proposer(self, log, wire, machine), "proposer"));
  }

  private Behavior<ProposerMessage> proposer(
      StoreId self, NodeLog log, Wire wire, Machine machine) {
    return ProposerBehavior.of(
        new ProposerSetup(
            self,
            log.group(new GroupId("proposer")),
            Quorums.majorities(MEMBERS),
            one -> Optional.ofNullable(acceptors.get(one)),
            wire,
            List.of(),
            settings,
            new Draw(machine.chance().nextLong())));
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
      ask(client, key, new RegisterChange.Get(), recorder.invoke(client, "read", key));
    } else if (kind == 1) {
      ask(
          client,
          key,
          new RegisterChange.Set(contentOf(next)),
          recorder.invoke(client, "write", key, next));
    } else {
      ask(
          client,
          key,
          new RegisterChange.CompareAndSet(contentOf(seen), contentOf(next)),
          recorder.invoke(client, "cas", key, seen, next));
    }
  }

  private void ask(
      String client, String key, RegisterChange change, HistoryRecorder.Pending pending) {
    ActorRef<Outcome<RegisterReply>> told =
        engine.spawn(
            Behaviors.receiveMessage(
                outcome -> {
                  told(client, key, change, pending, outcome);
                  return Behaviors.stopped();
                }),
            client + "-" + calls);
    var up = world.machines().stream().filter(Machine::isUp).toList();
    if (!up.isEmpty()) {
      var asked = up.get(random.nextInt(up.size())).name();
      proposers.get(asked).tell(new ProposerMessage.Submit(key, change, told));
    }
    engine.after(
        PATIENCE,
        () -> {
          if (!pending.ended()) {
            pending.unknown("no answer");
            think(client);
          }
        });
  }

  private void told(
      String client,
      String key,
      RegisterChange change,
      HistoryRecorder.Pending pending,
      Outcome<RegisterReply> outcome) {
    if (pending.ended()) {
      return;
    }
    if (outcome instanceof Outcome.Ok<RegisterReply> ok) {
      var now = textOf(ok.reply().content());
      seen.put(key, now);
      if (change instanceof RegisterChange.Get) {
        pending.ok(now);
      } else if (change instanceof RegisterChange.Set) {
        pending.ok();
      } else {
        pending.ok(ok.reply().changed());
      }
    } else {
      pending.end(outcome);
    }
    think(client);
  }

  private static Content contentOf(String text) {
    return text.equals(Call.NIL) ? Content.NOTHING : Content.of(Bytes.utf8(text));
  }

  private static String textOf(Content content) {
    return content.bytes().map(Bytes::asUtf8).orElse(Call.NIL);
  }

  private Duration upTo(Duration most) {
    return Duration.ofNanos(1 + random.nextLong(most.toNanos()));
  }
}
