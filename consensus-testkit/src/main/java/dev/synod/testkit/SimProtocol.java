package dev.synod.testkit;

import dev.synod.actors.Protocol;
import dev.synod.paxos.Paxos;
import dev.synod.paxos.QuorumSystem;
import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.GroupWorld;
import dev.synod.testkit.cluster.Lens;
import dev.synod.testkit.cluster.Recovery;
import dev.synod.testkit.cluster.Retuning;
import dev.synod.testkit.paxos.PaxosLens;
import dev.synod.testkit.paxos.PaxosVariety;
import dev.synod.testkit.raft.RaftLens;
import dev.synod.testkit.raft.RaftVariety;
import dev.synod.testkit.zab.ZabLens;
import dev.synod.testkit.zab.ZabVariety;
import dev.synod.zab.Zab;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A protocol that can be simulated.
 *
 * @param text its name, as a command line gives it
 * @param lens how its messages are to be read
 * @param settings where its settings are
 * @param window the settings with which so many values are under way at a time, to be formatted
 * @param variety a group of so many nodes, with settings drawn from that seed
 * @param retuning settings are changed for so long
 */
record SimProtocol(
    String text,
    Protocol protocol,
    Lens lens,
    String settings,
    String window,
    BiFunction<Long, Integer, GroupSettings> variety,
    Function<Duration, Consumer<GroupWorld>> retuning) {

  /** Small, so that configurations come to govern soon. */
  private static final int ALPHA = 100;

  static final SimProtocol RAFT =
      new SimProtocol(
          "raft",
          Raft.protocol(),
          new RaftLens(),
          "synod.raft",
          "synod.raft { entries-per-append-max = 1, appends-in-flight-max = %d }",
          RaftVariety::of,
          Retuning::raft);

  static final SimProtocol PAXOS =
      new SimProtocol(
          "paxos",
          Paxos.protocol(QuorumSystem.majorities(), ALPHA),
          new PaxosLens(QuorumSystem.majorities(), ALPHA),
          "synod.paxos.multi",
          "synod.paxos.multi.window-max = %d",
          PaxosVariety::of,
          Retuning::paxos);

  static final SimProtocol ZAB =
      new SimProtocol(
          "zab",
          Zab.protocol(),
          new ZabLens(),
          "synod.zab",
          "synod.zab { entries-per-propose-max = 1, entries-in-flight-max = %d }",
          ZabVariety::of,
          Retuning::zab);

  private static final List<SimProtocol> ALL = List.of(RAFT, PAXOS, ZAB);

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static SimProtocol named(String name) {
    return ALL.stream()
        .filter(one -> one.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "only %s can be simulated, not %s"
                        .formatted(
                            ALL.stream().map(SimProtocol::text).collect(Collectors.joining(", ")),
                            name)));
  }

  /** How the messages of that protocol are to be read; empty if it is a test's own. */
  static Optional<Lens> lensOf(Protocol protocol) {
    if (protocol instanceof Paxos paxos) {
      return Optional.of(new PaxosLens(paxos.quorums(), paxos.alpha()));
    }
    if (protocol instanceof Zab zab) {
      return Optional.of(new ZabLens(zab.voting()));
    }
    return ALL.stream()
        .filter(one -> one.text().equals(protocol.name()))
        .map(SimProtocol::lens)
        .findFirst();
  }

  /** A group of so many nodes. */
  GroupSettings group(int nodes) {
    return GroupSettings.of(protocol, lens, nodes, Recovery.raft().total());
  }
}
