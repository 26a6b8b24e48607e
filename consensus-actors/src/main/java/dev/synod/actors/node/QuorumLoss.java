package dev.synod.actors.node;

import dev.synod.actors.Protocol;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.LogReport;
import dev.synod.log.LogSettings;
import dev.synod.log.NodeLog;
import dev.synod.log.disk.Disk;
import dev.synod.log.snapshot.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Forces a new configuration after a majority of a group's disks is lost for good: the replica in a
 * data directory that no process uses becomes the only member. The group gets a new incarnation, so
 * that old members which come back are refused, and stop once they hear of it.
 *
 * <p>Only to be done where nothing else helps: what was acknowledged, but did not reach this disk,
 * is lost; what did reach it without being acknowledged becomes true.
 */
public final class QuorumLoss {

  private final LogSettings settings;
  private final RandomGenerator random;

  /**
   * Does nothing yet.
   *
   * @param settings of the log, as its node has them
   * @param random where the change's identity comes from
   */
  public QuorumLoss(LogSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * What stands, and what is given up.
   *
   * @param before the newest configuration that the replica knows
   * @param lastIndex the last entry that it has: all later ones are lost
   * @param generation how often a configuration was forced in this group, this time included
   * @param damage of snapshots that are newer than the one that is used
   */
  public record Forced(
      GroupId group,
      Member survivor,
      Configuration before,
      long lastIndex,
      int generation,
      List<LogFailure> damage) {}

  /**
   * Says what {@link #force} would do; changes nothing but what every start mends.
   *
   * @throws LogException if there is no log, or it is in use, or the group is damaged
   * @throws IllegalArgumentException if there is no such group, or the replica is no member of it,
   *     or a witness
   */
  public Forced look(Disk disk, GroupId group, Protocol protocol) {
    return onClosed(disk, group, protocol, replica -> {});
  }

  /**
   * Does it; once this returns, it is durable. Then start the node, let others in by membership
   * changes, and remove the data directories of the old members before they are started again.
   *
   * @throws LogException if there is no log, or it is in use, or the group is damaged
   * @throws IllegalArgumentException if there is no such group, or the replica is no member of it,
   *     or a witness
   */
  public Forced force(Disk disk, GroupId group, Protocol protocol) {
    return onClosed(disk, group, protocol, replica -> force(replica, protocol));
  }

  /** The incarnation first: without it, what follows must not be believed by old members. */
  private void force(Replica replica, Protocol protocol) {
    var before = replica.founded();
    var next = new Incarnation(before.incarnation()).forced(random.nextInt());
    var founded = new Founded(next.number(), before.configuration(), before.sessions());
    replica.log().describe(new GroupDescription(protocol.name(), founded).encode());
    var change = new UUID(random.nextLong(), random.nextLong());
    protocol.force(replica.log(), replica.store(), replica.snapshot(), replica.base(), change);
  }

  /**
   * A replica that does not run.
   *
   * @param snapshot up to where its newest intact snapshot goes
   * @param base what that snapshot, or else the founding, says of members
   */
  private record Replica(
      GroupLog log,
      StoreId store,
      Founded founded,
      LogPosition snapshot,
      Configuration base,
      List<LogFailure> damage) {

    /** A snapshot that was received just before a crash may be ahead of the log. */
    long lastIndex() {
      return Math.max(snapshot.index(), log.last().index());
    }

    Configuration newest() {
      var entries = snapshot.index() > log.last().index() ? List.<Entry>of() : log.configurations();
      return entries.isEmpty()
          ? base
          : Configuration.decode(entries.get(entries.size() - 1).payload());
    }
  }

  private Forced onClosed(Disk disk, GroupId group, Protocol protocol, Consumer<Replica> action) {
    LogReport.of(disk); // there must be a log: opening founds one
    var tasks = new ArrayDeque<Runnable>();
    try (var node = NodeLog.open(disk, settings, tasks::add, Runnable::run, random)) {
      var damage = node.damagedGroups().get(group);
      if (damage != null) {
        throw new LogException(damage);
      }
      if (!node.groups().contains(group)) {
        throw new IllegalArgumentException(
            ("%s holds no group %s, only %s; groups that are kept in memory or in a data base leave"
                    + " nothing there to go on from: restore a backup of them")
                .formatted(disk.describe(), group, node.groups()));
      }
      var replica = replica(node, group, protocol);
      var before = replica.newest();
      var survivor =
          before
              .member(replica.store())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the replica in %s is none of the members that its log knows: %s"
                              .formatted(disk.describe(), before.members())));
      if (before.isWitness(replica.store())) {
        throw new IllegalArgumentException(
            ("the replica in %s is a witness, which has no state to go on from: force one of the"
                    + " full replicas %s, or restore a backup")
                .formatted(disk.describe(), fullOnes(before)));
      }
      int generation = new Incarnation(replica.founded().incarnation()).generation() + 1;
      long lastIndex = replica.lastIndex();
      action.accept(replica);
      write(tasks, node, replica.log());
      return new Forced(group, survivor, before, lastIndex, generation, replica.damage());
    }
  }

  private static List<Member> fullOnes(Configuration configuration) {
    return configuration.members().stream()
        .filter(member -> configuration.isFull(member.store()))
        .toList();
  }

  private static Replica replica(NodeLog node, GroupId group, Protocol protocol) {
    var log = node.group(group);
    var description =
        log.description()
            .map(GroupDescription::decode)
            .orElseThrow(
                () -> new IllegalArgumentException("group " + group + " was never founded here"));
    if (!description.protocol().equals(protocol.name())) {
      throw new IllegalArgumentException(
          "group %s lives by %s, not by %s"
              .formatted(group, description.protocol(), protocol.name()));
    }
    var damage = new ArrayList<LogFailure>();
    var snapshot = node.snapshots(group).newest(log.base(), damage::add);
    return new Replica(
        log,
        node.storeId(),
        description.founded(),
        snapshot.map(Snapshot::position).orElse(log.base()),
        snapshot
            .map(newest -> Configuration.decode(newest.metadata()))
            .orElse(description.founded().configuration()),
        damage);
  }

  private static void write(ArrayDeque<Runnable> tasks, NodeLog node, GroupLog log) {
    while (log.durableTicket() < log.lastTicket()) {
      var failure = node.failure();
      if (failure.isPresent()) {
        throw new LogException(failure.get());
      }
      var task = tasks.poll();
      if (task == null) {
        throw new IllegalStateException("the log has nothing to do, and is not durable");
      }
      task.run();
    }
  }
}
