package dev.synod.zab.rules;

import dev.synod.core.Invariants;
import dev.synod.core.LogPosition;
import dev.synod.log.LogView;

/** What a server is after a restart: what its disk holds, put together. */
public final class Recovery {

  private Recovery() {}

  /**
   * Whether the log goes on from that snapshot. If not, the snapshot was received just before the
   * crash, and the log begins anew behind it.
   */
  public static boolean continues(LogView log, LogPosition snapshot) {
    return Histories.holds(log, snapshot);
  }

  /**
   * The server as it was, except that all it knows to be committed is what the snapshot covers. It
   * does not look for a leader yet.
   */
  public static Looking looking(Server server, Epochs epochs, LogPosition snapshot) {
    var last = server.log().last();
    Invariants.check(
        !last.term().isAfter(epochs.accepted()) || last.equals(snapshot),
        "nothing is written of an epoch that was not accepted (Zab §V-B): %s, %s",
        last,
        epochs);
    return Looking.atStart(server, epochs, snapshot.index());
  }
}
