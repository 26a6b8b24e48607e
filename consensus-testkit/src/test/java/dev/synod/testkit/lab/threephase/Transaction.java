package dev.synod.testkit.lab.threephase;

import dev.synod.actors.Peers;
import dev.synod.actors.message.NodeMessage;
import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/** One transaction: the coordinator on n1, participants on n2, n3 and n4. */
final class Transaction {

  private static final List<String> PARTICIPANTS = List.of("n2", "n3", "n4");

  private final World world = LabWorld.of(1, 4, machine -> {});
  private final Map<String, ActorRef<Participant.Message>> participants = new TreeMap<>();
  private final Map<String, Decision> decisions = new TreeMap<>();
  private final Set<String> prepared = new TreeSet<>();
  private final ActorRef<Coordinator.Message> coordinator;
  private int sent;
  private int lastsFor = Integer.MAX_VALUE;

  /**
   * Nothing has happened yet.
   *
   * @param refusing who votes no; nobody if empty
   */
  Transaction(OnSilence onSilence, String refusing) {
    world.network().quality(LabWorld.STEADY);
    for (String name : PARTICIPANTS) {
      var machine = world.machine(name);
      var setup =
          new Participant.Setup(
              machine,
              !name.equals(refusing),
              onSilence,
              participants,
              decision -> decisions.put(name, decision));
      participants.put(name, machine.spawn(Participant.of(setup), "participant"));
    }
    var first = world.machine("n1");
    coordinator =
        first.spawn(
            Coordinator.on(
                new Mortal(first.peers()), participants, decision -> decisions.put("n1", decision)),
            "coordinator");
    world.network().observer(this::see);
  }

  /** The coordinator begins, and its power goes once it has sent so many messages. */
  void beginAndCrashAfter(int messages) {
    lastsFor = messages;
    begin();
    runUntil(() -> sent > messages);
    world.machine("n1").crash(Tear.NOTHING_KEPT);
    decisions.remove("n1");
  }

  void begin() {
    coordinator.tell(Coordinator.Begin.BEGIN);
  }

  void runUntil(BooleanSupplier condition) {
    if (!world.engine().runUntil(condition, Duration.ofSeconds(1))) {
      throw new AssertionError("it never came to that");
    }
  }

  boolean isPrepared(String participant) {
    return prepared.contains(participant);
  }

  /** Until all have decided who ever will. */
  Map<String, Decision> finish() {
    world.engine().runFor(Duration.ofSeconds(5));
    return Map.copyOf(decisions);
  }

  World world() {
    return world;
  }

  private void see(String from, String to, Object message) {
    if (message == Coordinator.Prepared.PREPARED) {
      prepared.add(from);
    }
  }

  /** The way out of the coordinator, which dies between two messages if it is told to. */
  private final class Mortal implements Peers {

    private final Peers peers;

    Mortal(Peers peers) {
      this.peers = peers;
    }

    @Override
    public ActorRef<NodeMessage> node(String address) {
      return peers.node(address);
    }

    @Override
    public <M> void tell(ActorRef<? super M> to, M message) {
      sent++;
      if (sent <= lastsFor) {
        peers.tell(to, message);
      }
    }
  }
}
