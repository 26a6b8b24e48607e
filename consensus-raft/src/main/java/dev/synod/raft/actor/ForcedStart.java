package dev.synod.raft.actor;

import dev.synod.core.Configuration;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.ForcedConfiguration;
import dev.synod.raft.rules.Priority;
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

  /** Makes that store the only member; durable once the log's last ticket is. */
  public static void write(GroupLog log, StoreId survivor, Configuration base, UUID change) {
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
