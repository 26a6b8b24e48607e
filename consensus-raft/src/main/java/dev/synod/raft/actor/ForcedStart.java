package dev.synod.raft.actor;

import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.ForcedConfiguration;
import dev.synod.raft.rules.Priority;
import dev.synod.raft.rules.Recovery;
import dev.synod.raft.rules.ReplicationLimits;
import dev.synod.raft.rules.Server;
import dev.synod.raft.rules.TermState;
import java.util.UUID;

/** Writes a forced configuration to the log of a replica that does not run. */
public final class ForcedStart {

  /** Nothing is replicated here. */
  private static final ReplicationLimits ANY = new ReplicationLimits(1, 1, 1);

  /** Nobody is elected here. */
  private static final Priority NONE = Priority.of(0);

  private ForcedStart() {}

  /**
   * Makes that store the only member; durable once the log's last ticket is.
   *
   * @param snapshot up to where there is a snapshot; the log's beginning if there is none
   * @param base what the snapshot says of members, or else the group's founding
   */
  public static void write(
      GroupLog log, StoreId survivor, LogPosition snapshot, Configuration base, UUID change) {
    if (!Recovery.continues(log, snapshot)) {
      log.compactTo(snapshot); // else a start would do so, and take the entry for an old one
    }
    var server = Server.of(survivor, base, log, ANY, NONE);
    var state = log.saved().map(TermState::decode).orElse(TermState.INITIAL);
    for (Effect effect : ForcedConfiguration.alone(server, state, change)) {
      if (effect instanceof Effect.Save save) {
        log.save(save.state().encode());
      } else if (effect instanceof Effect.Append append) {
        log.append(append.entries());
      }
    }
  }
}
