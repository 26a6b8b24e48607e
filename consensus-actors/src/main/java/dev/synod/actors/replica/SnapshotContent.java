package dev.synod.actors.replica;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.core.Outcome;
import dev.synod.core.SessionTable.Kept;
import java.util.List;

/**
 * What a snapshot holds, as immutable values: all that the entries up to a position came to.
 *
 * @param position of the last entry in it
 * @param sessions with the replies that their clients have not acknowledged, so that exactly-once
 *     outlives the log
 * @param changes which of the newest entries were changes, as {@link ChangeBits#newest} says it, so
 *     that watches go on behind a restart
 * @param digest over the newest entries, see {@link DigestChain}
 */
record SnapshotContent<S>(
    LogPosition position,
    Configuration configuration,
    List<Kept<Outcome<Object>>> sessions,
    S state,
    Bytes changes,
    DigestChain.Kept digest)
    implements Captured {}
