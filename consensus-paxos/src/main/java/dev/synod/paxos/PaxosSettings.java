package dev.synod.paxos;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import java.time.Duration;

/**
 * Every knob of Paxos, already checked: an instance that exists is valid. Defaults and the same
 * sentences are in {@code reference.conf} under {@code synod.paxos}.
 *
 * @param attemptsMax how often acceptors are asked for one change before it ends as rejected, or as
 *     unknown
 * @param answerTimeout silence of acceptors after which they are asked again
 * @param backoffMin a pause after a refusal is random up to this; the bound doubles with each
 *     attempt
 * @param backoffMax what the bound of a pause doubles up to
 * @param changesWaitingMax changes that wait for an earlier one of their register, over all
 *     registers of a proposer, beyond which it refuses with busy
 * @param registersChangingMax registers that a proposer changes at a time, beyond which it refuses
 *     with busy
 * @param gatedEffectsMax effects waiting for the disk, beyond which requests are dropped until it
 *     catches up
 * @param roundsReserved rounds that a proposer reserves on its disk at once; a restart skips what
 *     is left of them
 * @param valueBytesMax bytes of a value; must fit into {@code synod.log.entry-bytes-max} of all
 *     acceptors with a kilobyte to spare, and into a message of the remoting
 * @param askingMax who waits for one decision at a learner, beyond which it refuses with busy
 * @param recoveryBytesMax bytes of entries that a starting acceptor reads at once
 * @param staleEntriesMax entries of an acceptor's log that tell nothing any more, beyond which it
 *     gets rid of the oldest; as many as three times its keys are left in any case
 */
public record PaxosSettings(
    int attemptsMax,
    Duration answerTimeout,
    Duration backoffMin,
    Duration backoffMax,
    int changesWaitingMax,
    int registersChangingMax,
    int gatedEffectsMax,
    int roundsReserved,
    int valueBytesMax,
    int askingMax,
    long recoveryBytesMax,
    int staleEntriesMax) {

  private static final Section SECTION = new Section("synod.paxos");

  public PaxosSettings {
    SECTION.atLeast("attempts-max", attemptsMax, 1);
    SECTION.positive("answer-timeout", answerTimeout);
    SECTION.positive("backoff-min", backoffMin);
    SECTION.ascending("backoff-min", backoffMin, "backoff-max", backoffMax);
    SECTION.atLeast("changes-waiting-max", changesWaitingMax, 0);
    SECTION.atLeast("registers-changing-max", registersChangingMax, 1);
    SECTION.atLeast("gated-effects-max", gatedEffectsMax, 1);
    SECTION.atLeast("rounds-reserved", roundsReserved, 1);
    SECTION.atLeast("value-bytes-max", valueBytesMax, 1);
    SECTION.atLeast("asking-max", askingMax, 1);
    SECTION.atLeast("recovery-bytes-max", recoveryBytesMax, 1);
    SECTION.atLeast("stale-entries-max", staleEntriesMax, 1);
  }

  /**
   * Reads the settings.
   *
   * @param config the contents of {@code synod.paxos}
   * @throws IllegalArgumentException with names and values if they don't go together
   */
  public static PaxosSettings from(Config config) {
    return new PaxosSettings(
        config.getInt("attempts-max"),
        config.getDuration("answer-timeout"),
        config.getDuration("backoff-min"),
        config.getDuration("backoff-max"),
        config.getInt("changes-waiting-max"),
        config.getInt("registers-changing-max"),
        config.getInt("gated-effects-max"),
        config.getInt("rounds-reserved"),
        Section.intBytes(config, "value-bytes-max"),
        config.getInt("asking-max"),
        config.getBytes("recovery-bytes-max"),
        config.getInt("stale-entries-max"));
  }
}
