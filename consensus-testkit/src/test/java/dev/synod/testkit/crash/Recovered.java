package dev.synod.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.NodeMessage.Locate;
import dev.synod.actors.message.NodeMessage.Located;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.LogPorts;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.MemoryDisk;
import dev.synod.raft.rules.TermState;
import dev.synod.testkit.engine.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A machine that is given one disk after the other, and must serve rightly on each. */
final class Recovered {

  /** Actors of earlier lives stay in the actor system, so it is replaced now and then. */
  private static final int LIVES_MAX = 400;

  private static final String NEXT = "one more";

  private final long seed;
  private final List<String> commands;
  private final List<String> states;
  private SingleNode node;
  private TermState promised = TermState.INITIAL;
  private TermState recoveredTerm = TermState.INITIAL;

  /**
   * @param commands in the order in which the group may have applied them
   */
  Recovered(long seed, List<String> commands) {
    this.seed = seed;
    this.commands = commands;
    this.states = Chain.replay(commands);
    this.node = new SingleNode(seed);
  }

  /** What the disk holds before anything runs on it. */
  private record OnDisk(TermState term, Optional<Entry> lastCommand) {}

  /** Boots on that disk and checks all that must hold; false if the log refuses it as damaged. */
  boolean serves(MemoryDisk disk, int acknowledged, int issued) {
    Optional<OnDisk> found = open(disk);
    if (found.isEmpty()) {
      return false;
    }
    keepsPromises(found.get().term());
    boot(disk);
    int applied = appliedCommands();
    assertThat(applied).as("commands applied").isBetween(acknowledged, issued);
    found.get().lastCommand().ifPresent(entry -> givesTheFirstReplyAgain(entry, applied));
    assertThat(appliedCommands()).as("commands applied after a retry").isEqualTo(applied);
    var more = new ArrayList<>(commands.subList(0, applied));
    more.add(NEXT);
    assertThat(node.await("one more command", node.group().ask(NEXT)))
        .isEqualTo(Chain.replay(more).get(applied + 1));
    return true;
  }

  private Optional<OnDisk> open(MemoryDisk disk) {
    var fork = disk.fork(new Draw(1));
    var settings = ConsensusSettings.of(node.engine().system()).log();
    try (var log =
        NodeLog.open(settings, LogPorts.of(fork, Runnable::run, Runnable::run, new Draw(2)))) {
      if (!log.damagedGroups().isEmpty()) {
        return Optional.empty();
      }
      var group = log.group(SingleNode.GROUP);
      var term = group.saved().map(TermState::decode).orElse(TermState.INITIAL);
      return Optional.of(new OnDisk(term, lastCommand(group)));
    } catch (LogException e) {
      assertThat(e.failure().message()).isNotBlank();
      return Optional.empty();
    }
  }

  private static Optional<Entry> lastCommand(GroupLog group) {
    List<Entry> entries = new ArrayList<>();
    group.read(
        group.base().index() + 1,
        group.last().index(),
        result -> entries.addAll(((GroupLog.ReadResult.Entries) result).entries()));
    return entries.stream()
        .filter(entry -> entry.kind() == EntryKind.COMMAND)
        .reduce((earlier, later) -> later);
  }

  /** Term and vote never go back (§5.1, §5.2). */
  private void keepsPromises(TermState term) {
    assertThat(term.currentTerm()).as("the term").isGreaterThanOrEqualTo(promised.currentTerm());
    if (term.currentTerm().equals(promised.currentTerm()) && promised.votedFor().isPresent()) {
      assertThat(term.votedFor()).as("the vote").isEqualTo(promised.votedFor());
    }
    recoveredTerm = term;
  }

  /** What the last disk held was synced: from now on no disk may know an older term. */
  void promised() {
    promised = recoveredTerm;
  }

  private void boot(MemoryDisk disk) {
    if (node.machine().lives() >= LIVES_MAX) {
      node = new SingleNode(seed);
    }
    node.machine().replaceDisk(disk);
    node.machine().boot();
    assertThat(node.machine().trouble()).as("what keeps the node from booting").isEmpty();
  }

  private int appliedCommands() {
    var state = node.await("a read", node.group().read("", Read.linearizable()));
    int applied = states.indexOf(state);
    assertThat(applied).as("%s is a state that the commands lead to", state).isNotNegative();
    return applied;
  }

  /** As the client does whose request is in the log, but who never heard of it. */
  private void givesTheFirstReplyAgain(Entry entry, int applied) {
    var again = EncodedCommand.decode(entry.payload());
    List<Object> heard = new ArrayList<>();
    ActorRef<Object> probe =
        node.machine()
            .spawn(
                Behaviors.receiveMessage(
                    message -> {
                      heard.add(message);
                      return Behaviors.same();
                    }),
                "probe");
    var peers = node.machine().peers();
    peers.tell(
        peers.node(node.machine().address()),
        new Locate(SingleNode.GROUP, probe.<Located>unsafeUpcast().narrow()));
    node.until("the replica is found", () -> !heard.isEmpty());
    ActorRef<ReplicaMessage> replica = ((Located) heard.remove(0)).replica().orElseThrow();
    replica.tell(
        new Propose(
            SingleNode.GROUP,
            probe.<Answers>unsafeUpcast().narrow(),
            again.session(),
            List.of(new Proposal(1, EntryKind.COMMAND, entry.payload()))));
    node.until("the retry is answered", () -> !heard.isEmpty());
    var outcome = ((Answers) heard.get(0)).answers().get(0).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Ok.class);
    assertThat(((Outcome.Ok<Object>) outcome).reply()).isEqualTo(states.get(applied));
  }
}
