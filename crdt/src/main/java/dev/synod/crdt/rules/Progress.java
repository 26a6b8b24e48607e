package dev.synod.crdt.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How far another replica has come with the changes of this one.
 *
 * @param acknowledged up to where it has them
 * @param sent up to where they were sent to it; never below what it has
 * @param filled where the gap begins that was filled since the last try; each message behind a lost
 *     one tells of the same gap. -1 if there is none
 * @param underWay of each message with changes that is on its way to it, or lost, the last change.
 *     A message is answered once it has all up to there, however many answers that takes
 * @param isFull whether the way to it is: then nothing is sent, and what it lacks is sent later
 */
record Progress(long acknowledged, long sent, long filled, List<Long> underWay, boolean isFull) {

  private static final long NO_GAP = -1;

  static final Progress NONE = new Progress(0, 0, NO_GAP, List.of(), false);

  /** How many messages with changes are on their way to it, or lost. */
  int unanswered() {
    return underWay.size();
  }

  /** The changes up to there are sent to it in one message more. */
  Progress sent(long upTo) {
    var more = new ArrayList<>(underWay);
    more.add(upTo);
    return new Progress(acknowledged, upTo, filled, Collections.unmodifiableList(more), isFull);
  }

  /** Those up to there are not sent to it. */
  Progress skipped(long upTo) {
    return new Progress(acknowledged, upTo, filled, underWay, isFull);
  }

  /** Begins again behind what it has. */
  Progress again() {
    return new Progress(acknowledged, acknowledged, NO_GAP, List.of(), isFull);
  }

  /** It said that it has all up to there. */
  Progress acknowledged(long upTo) {
    long have = Math.max(acknowledged, upTo);
    var left = underWay.stream().filter(it -> it > have).toList();
    return new Progress(have, Math.max(sent, have), filled, left, isFull);
  }

  /** It is known to have all up to there, and nothing is on its way to it. */
  Progress settled(long upTo) {
    long have = Math.max(acknowledged, upTo);
    return new Progress(have, have, NO_GAP, List.of(), false);
  }

  /** Goes back to the beginning of the gap behind that number. */
  Progress fill(long upTo) {
    return new Progress(acknowledged, upTo, upTo, List.of(), isFull);
  }

  /** The same, but for what the gap behind that number was answered with. */
  Progress filled(long upTo) {
    return new Progress(acknowledged, sent, upTo, underWay, isFull);
  }

  Progress full(boolean isFullThen) {
    return new Progress(acknowledged, sent, filled, underWay, isFullThen);
  }
}
