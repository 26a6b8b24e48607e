package dev.synod.log;

import dev.synod.log.format.Location;
import dev.synod.log.format.RecordHeader;
import dev.synod.log.format.RecordKind;
import dev.synod.log.format.SegmentScanner;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds the groups' state from the records, oldest first.
 *
 * <p>The oldest segments may be gone. Whatever mattered in them was moved behind, so an entry may
 * be missing for a while: {@link RecordKind#RELOCATED} brings it back later. What must hold at the
 * end is checked by {@link Losses} and {@link ReplayedGroup#problem}.
 */
final class Replay implements SegmentScanner.Visitor {

  private final Segments segments = new Segments();
  private final Map<Integer, ReplayedGroup> groups = new HashMap<>();
  private final Losses losses;
  private final boolean isWhole;
  private @Nullable ReplayedGroup lastGroup;
  private int segment;
  private long sequence;

  /**
   * @param isWhole whether no segment was ever deleted, so that all numbers begin with 1
   */
  Replay(Losses losses, boolean isWhole) {
    this.losses = losses;
    this.isWhole = isWhole;
  }

  /** What is visited next belongs to that segment. */
  void enter(Segment entered) {
    segment = entered.number();
    segments.add(entered);
  }

  Segments segments() {
    return segments;
  }

  Map<Integer, ReplayedGroup> groups() {
    return groups;
  }

  long sequence() {
    return sequence;
  }

  @Override
  public void record(RecordHeader header, int offset, SegmentScanner.Payload payload) {
    ReplayedGroup group = meet(header, offset);
    if (group == null) {
      return;
    }
    long location = Location.of(segment, offset);
    switch (header.kind()) {
      case ENTRY -> {
        group.entry(header, location);
        group.configuration(header, payload::copy);
      }
      case RELOCATED -> {
        group.relocated(header, location);
        group.configuration(header, payload::copy);
      }
      case GROUP_OPENED -> group.opened(payload.copy(), location);
      case HARD_STATE -> group.replaced(group.state().hardState(), payload.copy(), location);
      case DESCRIPTION -> group.replaced(group.state().description(), payload.copy(), location);
      case TRUNCATED -> group.truncated(header.index());
      case COMPACTED, RESET -> group.based(header, location);
      case GROUP_REMOVED -> removed(group);
      case CLOSED -> {}
    }
  }

  @Override
  public void damagedPayload(RecordHeader header, int offset) {
    ReplayedGroup group = meet(header, offset);
    if (group == null) {
      return;
    }
    long location = Location.of(segment, offset);
    group.damagedRecord(location, losses.at(segment, offset));
    switch (header.kind()) {
      case ENTRY -> group.entry(header, location);
      case RELOCATED -> group.relocated(header, location);
      case HARD_STATE -> group.damaged(group.state().hardState(), header, location);
      case DESCRIPTION -> group.damaged(group.state().description(), header, location);
      case GROUP_OPENED -> group.damaged(group.state().opened(), header, location);
      case TRUNCATED, COMPACTED, RESET, GROUP_REMOVED, CLOSED -> {}
    }
  }

  @Override
  public void unreadable(int from, int to) {
    losses.unreadable(segment, from, sequence, isWhole);
  }

  /**
   * The record's group, its sequence numbers checked; null for a record about the node, or one that
   * no log could have written.
   */
  private @Nullable ReplayedGroup meet(RecordHeader header, int offset) {
    if (header.sequence() > RecordHeader.NUMBER_MAX
        || header.groupSequence() > RecordHeader.NUMBER_MAX
        || header.group() > RecordHeader.SMALL_NUMBER_MAX) {
      losses.impossible(segment, offset, sequence);
      return null;
    }
    if (header.sequence() != sequence + 1 && (sequence != 0 || isWhole)) {
      losses.missing(segment, offset, sequence, header.sequence() - sequence - 1);
    }
    sequence = header.sequence();
    if (header.group() == 0) {
      return null;
    }
    ReplayedGroup group = groupOf(header.group());
    losses.accounted(group.meet(header, losses.any(), isWhole));
    return group.refuses(header) ? null : group;
  }

  private ReplayedGroup groupOf(int number) {
    ReplayedGroup group = lastGroup;
    if (group == null || group.state().number() != number) {
      group = groups.computeIfAbsent(number, n -> new ReplayedGroup(n, segments));
      lastGroup = group;
    }
    return group;
  }

  private void removed(ReplayedGroup group) {
    group.state().remove(segments);
    groups.remove(group.state().number());
    lastGroup = null;
  }
}
