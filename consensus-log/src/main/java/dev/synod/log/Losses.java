package dev.synod.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The synced records that recovery couldn't read, and whether it is known whose they were.
 *
 * <p>Records carry two numbers which rise by one: one over the node, one over the group. The first
 * tells how many are missing; the gaps in the second tell which groups miss them. If both come to
 * the same number, no other group has lost anything.
 */
final class Losses {

  private final IntFunction<String> describe;
  private final List<String> places = new ArrayList<>();
  private long missing;
  private long accounted;
  private boolean unknownNumber;
  private boolean pending;
  private long lastSequenceBefore;

  /**
   * @param describe names a segment's file for a person
   */
  Losses(IntFunction<String> describe) {
    this.describe = describe;
  }

  String at(int segment, int offset) {
    return describe.apply(segment) + ", offset " + offset;
  }

  /**
   * Headers that can't be read begin there.
   *
   * @param isWhole whether the numbers begin with 1
   */
  void unreadable(int segment, int offset, long sequenceBefore, boolean isWhole) {
    places.add(at(segment, offset));
    lastSequenceBefore = sequenceBefore;
    pending = true;
    unknownNumber |= sequenceBefore == 0 && !isWhole;
  }

  /** As many records are missing in front of that place. */
  void missing(int segment, int offset, long sequenceBefore, long count) {
    if (!pending) {
      places.add("before " + at(segment, offset));
      lastSequenceBefore = sequenceBefore;
    }
    pending = false;
    missing += Math.max(0, count);
    unknownNumber |= count < 0;
  }

  /** The log's last record is damaged, so that nothing tells how many there were. */
  void atTheEnd(int segment, int offset, long sequenceBefore) {
    unreadable(segment, offset, sequenceBefore, false);
    unknownNumber = true;
  }

  /** A record there has numbers that none was ever given: nothing tells whose it is. */
  void impossible(int segment, int offset, long sequenceBefore) {
    places.add(at(segment, offset) + " (numbers that no log reaches)");
    lastSequenceBefore = sequenceBefore;
    unknownNumber = true;
  }

  /** So many records of one group are missing. */
  void accounted(long count) {
    accounted += count;
  }

  boolean any() {
    return !places.isEmpty();
  }

  /** Whether it is known of every missing record whose it was. */
  boolean isAccountedFor() {
    return !unknownNumber && missing == accounted;
  }

  /** A group with a record behind this, and without a gap, has lost nothing. */
  long lastSequenceBefore() {
    return lastSequenceBefore;
  }

  String describe() {
    return String.join("; ", places);
  }
}
