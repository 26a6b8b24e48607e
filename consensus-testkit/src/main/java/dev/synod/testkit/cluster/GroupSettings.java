package dev.synod.testkit.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Members;
import dev.synod.actors.Protocol;
import dev.synod.core.NodeAddress;
import java.time.Duration;

/**
 * A group to be simulated.
 *
 * @param lens how the invariants read the protocol
 * @param nodes 1 or more; 3 or 5 make sense
 * @param founders the first of them found the group, 1 or more. If there are others, administrators
 *     let them in, and move the group among all of them all the time
 * @param witnesses so many of the last founders keep no state
 * @param observers so many of the last founders do not vote; not together with witnesses
 * @param requestGapMean between two requests of all clients together, on average
 * @param recovery within which a healed group must have taken a write from every node, and all its
 *     replicas must know it as committed
 * @param config of the actor system on which all nodes live
 */
public record GroupSettings(
    Protocol protocol,
    Lens lens,
    int nodes,
    int founders,
    int witnesses,
    int observers,
    Duration requestGapMean,
    Duration recovery,
    Config config) {

  private static final Config SMALL_LOGS =
      ConfigFactory.parseString(
              """
              synod {
                command-bytes-max = 4 KiB
                log {
                  segment-bytes = 64 KiB
                  entry-bytes-max = 16 KiB
                  batch-bytes-max = 32 KiB
                  copied-bytes-max = 1 KiB
                  queued-bytes-max = 1 MiB
                  cache-bytes-max = 16 KiB
                  read-bytes = 4 KiB
                  relocated-segments-min = 1
                  relocated-bytes-per-pass-max = 16 KiB
                }
                applier.state-digest-after-entries = 16
                watch {
                  batch-changes-max = 8
                  recent-changes-max = 24
                  retry-interval = 400ms
                }
                raft {
                  snapshot-after-entries = 60
                  snapshot-tail-entries = 20
                  lease-reads = on
                  # as much as a storm's clocks drift
                  clock-drift-max = 0.25
                }
                zab {
                  snapshot-after-entries = 60
                  snapshot-tail-entries = 20
                }
                paxos.multi {
                  snapshot-after-entries = 60
                  snapshot-tail-entries = 20
                  lease-reads = on
                  clock-drift-max = 0.25
                }
              }
              """)
          .withFallback(ConfigFactory.load());

  public GroupSettings {
    if (founders < 1 || nodes < founders || witnesses < 0 || observers < 0) {
      throw new IllegalArgumentException(
          "of %d nodes %d found the group, with %d witnesses and %d observers"
              .formatted(nodes, founders, witnesses, observers));
    }
    if (founders - witnesses - observers < 1) {
      throw new IllegalArgumentException(
          "one of %d founders must vote and keep state, but %d are witnesses and %d observe"
              .formatted(founders, witnesses, observers));
    }
  }

  /** Founded by all nodes, so nobody changes its members. */
  public GroupSettings(
      Protocol protocol,
      Lens lens,
      int nodes,
      Duration requestGapMean,
      Duration recovery,
      Config config) {
    this(protocol, lens, nodes, nodes, 0, requestGapMean, recovery, config);
  }

  /** All founders vote. */
  public GroupSettings(
      Protocol protocol,
      Lens lens,
      int nodes,
      int founders,
      int witnesses,
      Duration requestGapMean,
      Duration recovery,
      Config config) {
    this(protocol, lens, nodes, founders, witnesses, 0, requestGapMean, recovery, config);
  }

  /** The same, founded by the first of its nodes only. */
  public GroupSettings foundedBy(int first) {
    return new GroupSettings(
        protocol, lens, nodes, first, witnesses, observers, requestGapMean, recovery, config);
  }

  /** The same, where so many of the founders are witnesses. */
  public GroupSettings witnessedBy(int last) {
    return new GroupSettings(
        protocol, lens, nodes, founders, last, observers, requestGapMean, recovery, config);
  }

  /** The same, where so many of the founders do not vote. */
  public GroupSettings observedBy(int last) {
    return new GroupSettings(
        protocol, lens, nodes, founders, witnesses, last, requestGapMean, recovery, config);
  }

  /** Who founds the group. */
  public Members named() {
    var all = Nodes.members(founders);
    var names = all.nodes().stream().map(NodeAddress::name).toList();
    return all.withWitnesses(names.subList(founders - witnesses, founders).toArray(String[]::new))
        .withObservers(names.subList(founders - observers, founders).toArray(String[]::new));
  }

  /** Whether administrators change the members. */
  public boolean hasAdministrators() {
    return founders < nodes;
  }

  /** Ten requests a second, and a log of small segments, so that they come and go. */
  public static GroupSettings of(Protocol protocol, Lens lens, int nodes, Duration recovery) {
    return new GroupSettings(protocol, lens, nodes, Duration.ofMillis(100), recovery, smallLogs());
  }

  /** The class path's configuration, with logs of small segments and small caches. */
  public static Config smallLogs() {
    return SMALL_LOGS;
  }
}
