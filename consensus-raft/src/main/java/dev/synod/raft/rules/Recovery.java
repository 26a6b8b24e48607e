package dev.synod.raft.rules;

import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.log.LogView;

/** What a server is after a restart: what its disk holds, put together. */
public final class Recovery {

  private Recovery() {}

  /**
   * Whether the log goes on from that snapshot (§7). If not, the snapshot was received just before
   * the crash, and the log begins anew behind it.
   */
  public static boolean continues(LogView log, LogPosition snapshot) {
    return Matching.holds(log, snapshot);
  }

  /**
   * Figure 2, "persistent state": the server as it was, except that all it knows of the commit
   * index is what the snapshot covers. The timers of a follower that has just heard a leader are to
   * be started with it.
   */
  public static Follower follower(Server server, TermState state, LogPosition snapshot) {
    var last = server.log().last();
    Invariants.check(
        !last.term().isAfter(state.currentTerm()) || last.equals(snapshot),
        "no entry is of a later term than the server's (Fig. 2): %s, %s",
        last,
        state);
    return Follower.restarted(server, state, snapshot.index());
  }
}
