package dev.synod.actors.node;

import dev.synod.actors.Group;
import dev.synod.actors.Protocol;
import dev.synod.core.GroupId;
import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.LogFailure;
import dev.synod.log.LogStore;
import java.util.ArrayList;

/** Whether what a store holds of a group can be run here. */
final class LogCheck {

  private LogCheck() {}

  /** A damaged group can't be served; the log's text says where it is damaged and what to do. */
  static GroupLog logOf(GroupId group, LogStore store) {
    try {
      return store.group(group);
    } catch (LogException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Only some protocols can do with members that have no state, or that do not vote. */
  static void refuseKinds(Group<?, ?, ?> group) {
    if (!group.members().witnesses().isEmpty() && !group.protocol().hasWitnesses()) {
      throw new IllegalArgumentException(
          "group %s names witnesses %s, but %s has none: name no witnesses, or choose Raft"
              .formatted(group.id(), group.members().witnesses(), group.protocol().name()));
    }
    if (!group.members().observers().isEmpty() && !group.protocol().hasObservers()) {
      throw new IllegalArgumentException(
          "group %s names observers %s, but %s can't be founded with any: let them in as learners"
              .formatted(group.id(), group.members().observers(), group.protocol().name()));
    }
  }

  /** What a leader prepares must come to be in the order in which it was prepared. */
  static void refuseMachine(Group<?, ?, ?> group, boolean prepares) {
    if (prepares && !group.protocol().prepares()) {
      throw new IllegalArgumentException(
          "the state machine of group %s is a PrimaryBackup, and leaders of %s prepare nothing: "
                  .formatted(group.id(), group.protocol().name())
              + "choose ZAB, or another kind of state machine");
    }
  }

  /** A state without a founding was left by a restore that did not end. */
  static void refuseHalfRestored(GroupId group, LogStore store, GroupLog log, String directory) {
    if (log.description().isPresent()) {
      return;
    }
    var damage = new ArrayList<LogFailure>();
    var left = store.snapshots(group).newest(log.base(), damage::add);
    if (left.isPresent() || !damage.isEmpty()) {
      throw new IllegalStateException(
          ("a restore of group %s was begun in %s and did not end: restore it again, or remove that"
                  + " directory")
              .formatted(group, directory));
    }
  }

  static void refuseOtherProtocol(GroupId group, Protocol protocol, GroupLog log) {
    var stored = log.description().map(GroupDescription::decode).map(GroupDescription::protocol);
    if (stored.isPresent() && !stored.get().equals(protocol.name())) {
      throw new IllegalArgumentException(
          ("group %s was founded with the protocol %s and can't be run with %s: a "
                  + "group keeps its protocol")
              .formatted(group, stored.get(), protocol.name()));
    }
  }
}
