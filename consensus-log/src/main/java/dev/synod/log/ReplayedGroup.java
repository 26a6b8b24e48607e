package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.log.format.Location;
import dev.synod.log.format.RecordHeader;
import dev.synod.log.format.RecordKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One group while recovery rebuilds it: its state, and what is known to be wrong with it. */
final class ReplayedGroup {

  private static final long UNKNOWN = -1;

  private final GroupState state;
  private final Segments segments;
  private final Map<Long, String> damagedRecords = new LinkedHashMap<>();
  private Optional<String> problem = Optional.empty();
  private boolean unproven;
  private long lastNodeSequence;

  /**
   * The last entry at this point of the history, if that is certain; the entries up to it may still
   * be missing.
   */
  private long certainLast = UNKNOWN;

  ReplayedGroup(int number, Segments segments) {
    this.state = new GroupState(number);
    this.segments = segments;
  }

  GroupState state() {
    return state;
  }

  /** The node's sequence number of the group's last record. */
  long lastNodeSequence() {
    return lastNodeSequence;
  }

  /** Whether its records before a loss are gone, so that nothing shows whether it was hit. */
  boolean isUnproven() {
    return unproven;
  }

  /**
   * Checks the group's own sequence; returns how many of its records are missing in front of this
   * one.
   */
  long meet(RecordHeader header, boolean anyLoss, boolean isWhole) {
    lastNodeSequence = header.sequence();
    long gap = 0;
    if (state.sequence() == 0 && !isWhole) {
      unproven = anyLoss && header.groupSequence() != 1;
      certainLast = header.groupSequence() == 1 ? 0 : UNKNOWN;
    } else {
      certainLast = state.sequence() == 0 ? 0 : certainLast;
      gap = header.groupSequence() - state.sequence() - 1;
      if (gap != 0) {
        wrong("records are missing in front of its number " + header.groupSequence());
      }
    }
    state.sequence(header.groupSequence());
    return Math.max(0, gap);
  }

  /** Whether the record names an index or a term that no log reaches. */
  boolean refuses(RecordHeader header) {
    if (header.index() <= RecordHeader.NUMBER_MAX && header.term() <= RecordHeader.NUMBER_MAX) {
      return false;
    }
    wrong(
        "entry " + header.index() + " of term " + header.term() + " is beyond what a log reaches");
    return true;
  }

  void opened(Bytes name, long location) {
    if (GroupId.isName(name.asUtf8())) {
      state.id(new GroupId(name.asUtf8()));
    } else {
      wrong("its name is none: " + name);
    }
    replaced(state.opened(), name, location);
  }

  void replaced(GroupState.Slot slot, Bytes value, long location) {
    segments.live(location, value.length());
    slot.set(location, value, segments);
  }

  /** As {@link #replaced}, but the value can't be read. */
  void damaged(GroupState.Slot slot, RecordHeader header, long location) {
    segments.live(location, header.length());
    slot.setDamaged(location, header.length(), segments);
  }

  void entry(RecordHeader header, long location) {
    if (certainLast != UNKNOWN && header.index() != certainLast + 1) {
      wrong("entry " + header.index() + " follows entry " + certainLast);
      return;
    }
    put(header, location);
    certainLast = header.index();
  }

  void relocated(RecordHeader header, long location) {
    if (isBeyondTheEnd(header.index())) {
      wrong("entry " + header.index() + " was moved, but the last one is " + certainLast);
      return;
    }
    if (header.index() > state.index().baseIndex()) {
      put(header, location);
    }
  }

  private void put(RecordHeader header, long location) {
    EntryIndex index = state.index();
    if (header.index() <= index.baseIndex()) {
      wrong("entry " + header.index() + " lies below the base " + index.baseIndex());
      return;
    }
    long before = index.locationAt(header.index());
    if (before != Location.NOWHERE) {
      segments.release(before, index.lengthAt(header.index()));
    }
    segments.live(location, header.length());
    if (header.index() == index.lastIndex() + 1) {
      index.append(header.index(), header.term(), location, header.length());
    } else {
      index.fill(header.index(), header.term(), location, header.length());
    }
  }

  /** What the entry just met holds, if it says who belongs to the group. */
  void configuration(RecordHeader header, Supplier<Bytes> payload) {
    if (header.entryKind() != EntryKind.CONFIGURATION.code()) {
      state.configurations().replaced(header.index());
    } else if (state.index().holds(header.index())) {
      state.configurations().found(header.index(), header.term(), payload.get());
    }
  }

  void truncated(long from) {
    if (from <= state.index().baseIndex() || isBeyondTheEnd(from)) {
      wrong("truncated from entry " + from + " on, but it has " + known());
      return;
    }
    state.configurations().truncateFrom(from);
    state.index().truncateFrom(from, segments::release);
    certainLast = from - 1;
  }

  /** The log begins behind that position: compacted, or dropped. */
  void based(RecordHeader header, long location) {
    long index = header.index();
    if (index < 1 || index < state.index().baseIndex()) {
      wrong("its log would begin behind entry " + index + ", but it has " + known());
      return;
    }
    if (header.kind() == RecordKind.RESET) {
      state.index().resetTo(index, header.term(), segments::release);
      state.configurations().clear();
      certainLast = index;
    } else if (isBeyondTheEnd(index)) {
      wrong("compacted up to " + index + ", but the last entry is " + certainLast);
      return;
    } else {
      state.index().compactTo(index, header.term(), segments::release);
      state.configurations().compactTo(index);
    }
    segments.live(location, 0);
    state.base().set(location, null, segments);
  }

  void damagedRecord(long location, String place) {
    damagedRecords.put(location, place);
  }

  /** Why the group can't be served, if it can't. */
  Optional<String> problem() {
    if (problem.isPresent()) {
      return problem;
    }
    if (state.id() == null) {
      return Optional.of("its name is missing");
    }
    long hole = state.index().firstHole();
    if (hole != 0) {
      return Optional.of("entry " + hole + " is missing");
    }
    if (certainLast != UNKNOWN && state.index().lastIndex() != certainLast) {
      return Optional.of(
          "the last entry is " + certainLast + ", but found up to " + state.index().lastIndex());
    }
    return damagedRecords.entrySet().stream()
        .filter(damaged -> isNeeded(damaged.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The places of damaged records. */
  Iterable<String> damage() {
    return damagedRecords.values();
  }

  private boolean isNeeded(long location) {
    if (location == state.hardState().location() || location == state.description().location()) {
      return true;
    }
    EntryIndex index = state.index();
    for (long i = index.baseIndex() + 1; i <= index.lastIndex(); i++) {
      if (index.locationAt(i) == location) {
        return true;
      }
    }
    return false;
  }

  private boolean isBeyondTheEnd(long index) {
    return certainLast != UNKNOWN && index > certainLast;
  }

  /** What the records so far leave of the log, for a person. */
  private String known() {
    String last = certainLast == UNKNOWN ? "an unknown end" : "the last entry " + certainLast;
    return "the base " + state.index().baseIndex() + " and " + last;
  }

  private void wrong(String what) {
    if (problem.isEmpty()) {
      problem = Optional.of(what);
    }
  }
}
