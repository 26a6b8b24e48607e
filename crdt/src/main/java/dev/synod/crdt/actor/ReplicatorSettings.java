package dev.synod.crdt.actor;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import dev.synod.crdt.rules.Limits;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The bounds and intervals of a replicator, read from {@code synod.crdt}, checked on construction:
 * an instance that exists is valid.
 *
 * @param limits of what is kept, sent and held
 * @param resendInterval after which what was sent or asked and not answered is sent or asked again
 * @param antiEntropyInterval how often the replica asks the others who they are, and one of them,
 *     in turn, what it has
 * @param tickInterval the step in which timeouts of calls are counted
 * @param notifyInterval how often at most a subscriber is told of one key
 * @param parcels how large messages are divided
 * @param questionsWaitingMax questions of another replica that may wait while something large is on
 *     its way to it; more are left out, and asked again
 * @param readingWaitingMax messages of another replica that may wait while a large one of it is
 *     read; more are left out, and sent again
 * @param asideElementsMin answers to other replicas that hold a value of so many elements are
 *     written aside
 * @param callsPendingMax calls that may wait for others; more are refused as busy
 * @param subscriptionsMax subscriptions at a time
 */
public record ReplicatorSettings(
    Limits limits,
    Duration resendInterval,
    Duration antiEntropyInterval,
    Duration tickInterval,
    Duration notifyInterval,
    ParcelLimits parcels,
    int questionsWaitingMax,
    int readingWaitingMax,
    int asideElementsMin,
    int callsPendingMax,
    int subscriptionsMax) {

  private static final Section SECTION = new Section("synod.crdt");

  /**
   * How messages that are too large for one frame are divided.
   *
   * @param pieceBytes in one piece; messages up to that go as they are
   * @param piecesInFlightMax of one message, not confirmed yet
   * @param bytesMax the largest message; larger ones are not sent, which is logged
   * @param waitingMax messages on their way in pieces to another replica, or waiting for that. Few
   *     are made at a time, at most unanswered-max and an answer and a question: so it is above
   *     that
   * @param triesMax after so many resend intervals in which nothing was confirmed, it is given up
   */
  public record ParcelLimits(
      int pieceBytes, int piecesInFlightMax, int bytesMax, int waitingMax, int triesMax) {

    public ParcelLimits {
      SECTION.atLeast("piece-bytes", pieceBytes, 1);
      SECTION.atLeast("pieces-in-flight-max", piecesInFlightMax, 1);
      SECTION.atLeast("parcel-bytes-max", bytesMax, pieceBytes);
      SECTION.atLeast("parcels-waiting-max", waitingMax, 1);
      SECTION.atLeast("parcel-tries-max", triesMax, 1);
    }
  }

  public ReplicatorSettings {
    SECTION.positive("resend-interval", resendInterval);
    SECTION.positive("anti-entropy-interval", antiEntropyInterval);
    SECTION.positive("tick-interval", tickInterval);
    SECTION.positive("notify-interval", notifyInterval);
    SECTION.atLeast("parcels-waiting-max", parcels.waitingMax(), limits.unansweredMax() + 2);
    SECTION.atLeast("questions-waiting-max", questionsWaitingMax, 1);
    SECTION.atLeast("reading-waiting-max", readingWaitingMax, 1);
    SECTION.atLeast("aside-elements-min", asideElementsMin, 1);
    SECTION.atLeast("calls-pending-max", callsPendingMax, 1);
    SECTION.atLeast("subscriptions-max", subscriptionsMax, 1);
  }

  /** Those of that actor system. */
  public static ReplicatorSettings of(ActorSystem<?> system) {
    return from(system.settings().config().getConfig(SECTION.path()));
  }

  /** Reads the section {@code synod.crdt}. */
  public static ReplicatorSettings from(Config crdt) {
    return new ReplicatorSettings(
        new Limits(
            crdt.getInt("changes-kept"),
            crdt.getInt("changes-per-message-max"),
            crdt.getInt("nodes-per-message-max"),
            Section.intBytes(crdt, "bytes-per-message-max"),
            crdt.getInt("unanswered-max"),
            crdt.getInt("held-max")),
        crdt.getDuration("resend-interval"),
        crdt.getDuration("anti-entropy-interval"),
        crdt.getDuration("tick-interval"),
        crdt.getDuration("notify-interval"),
        new ParcelLimits(
            Section.intBytes(crdt, "piece-bytes"),
            crdt.getInt("pieces-in-flight-max"),
            Section.intBytes(crdt, "parcel-bytes-max"),
            crdt.getInt("parcels-waiting-max"),
            crdt.getInt("parcel-tries-max")),
        crdt.getInt("questions-waiting-max"),
        crdt.getInt("reading-waiting-max"),
        crdt.getInt("aside-elements-min"),
        crdt.getInt("calls-pending-max"),
        crdt.getInt("subscriptions-max"));
  }
}
