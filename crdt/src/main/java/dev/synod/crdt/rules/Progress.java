package dev.synod.crdt.rules;

/**
 * How far another replica has come with the changes of this one.
 *
 * @param acknowledged up to where it has them
 * @param sent up to where they were sent to it; never below what it has
 * @param filled where the gap begins that was filled since the last try; each message behind a lost
 *     one tells of the same gap. -1 if there is none
 * @param unanswered how many messages with changes are on their way to it, or lost
 * @param isFull whether the way to it is: then nothing is sent, and what it lacks is sent later
 */
record Progress(long acknowledged, long sent, long filled, int unanswered, boolean isFull) {

  private static final long NO_GAP = -1;

  static final Progress NONE = new Progress(0, 0, NO_GAP, 0, false);

  Progress withSent(long upTo, int unansweredThen) {
    return new Progress(acknowledged, upTo, filled, unansweredThen, isFull);
  }

  /** Begins again behind what it has. */
  Progress again() {
    return new Progress(acknowledged, acknowledged, NO_GAP, 0, isFull);
  }

  /** It said that it has all up to there. */
  Progress acknowledged(long upTo) {
    long have = Math.max(acknowledged, upTo);
    return new Progress(have, Math.max(sent, have), filled, Math.max(0, unanswered - 1), isFull);
  }

  /** It is known to have all up to there, and nothing is on its way to it. */
  Progress settled(long upTo) {
    long have = Math.max(acknowledged, upTo);
    return new Progress(have, have, NO_GAP, 0, false);
  }

  /** Goes back to the beginning of the gap behind that number. */
  Progress fill(long upTo) {
    return new Progress(acknowledged, upTo, upTo, 0, isFull);
  }

  /** The same, but for what the gap behind that number was answered with. */
  Progress filled(long upTo) {
    return new Progress(acknowledged, sent, upTo, unanswered, isFull);
  }

  Progress full(boolean isFullThen) {
    return new Progress(acknowledged, sent, filled, unanswered, isFullThen);
  }
}
