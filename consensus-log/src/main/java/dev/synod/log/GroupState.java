package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.log.format.Location;
import org.jspecify.annotations.Nullable;

/** What the log knows of one group. Guarded by the {@link Tail}'s monitor. */
final class GroupState {

  private final int number;
  private final EntryIndex index = new EntryIndex();
  private final KeptConfigurations configurations = new KeptConfigurations();
  private final Slot opened = new Slot();
  private final Slot hardState = new Slot();
  private final Slot description = new Slot();
  private final Slot base = new Slot();
  private @Nullable GroupId id;
  private long sequence;
  private boolean removed;

  /** Where the newest record of a kind sits, of which only the newest counts. */
  static final class Slot {
    private long location = Location.NOWHERE;
    private int length;
    private @Nullable Bytes value;

    long location() {
      return location;
    }

    @Nullable Bytes value() {
      return value;
    }

    /** The record there replaces the one before. */
    void set(long newLocation, @Nullable Bytes newValue, Segments segments) {
      setDamaged(newLocation, newValue == null ? 0 : newValue.length(), segments);
      value = newValue;
    }

    /** As {@link #set}, but the payload of that length can't be read. */
    void setDamaged(long newLocation, int newLength, Segments segments) {
      release(segments);
      location = newLocation;
      length = newLength;
      value = null;
    }

    private void release(Segments segments) {
      if (location != Location.NOWHERE) {
        segments.release(location, length);
        location = Location.NOWHERE;
      }
    }
  }

  GroupState(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  @Nullable GroupId id() {
    return id;
  }

  void id(GroupId name) {
    id = name;
  }

  EntryIndex index() {
    return index;
  }

  KeptConfigurations configurations() {
    return configurations;
  }

  Slot opened() {
    return opened;
  }

  Slot hardState() {
    return hardState;
  }

  Slot description() {
    return description;
  }

  /** The record that says what was compacted last. */
  Slot base() {
    return base;
  }

  /** The sequence number of the group's last record. */
  long sequence() {
    return sequence;
  }

  void sequence(long recovered) {
    sequence = recovered;
  }

  long nextSequence() {
    return ++sequence;
  }

  boolean isRemoved() {
    return removed;
  }

  /** None of the group's records is needed any more. */
  void remove(Segments segments) {
    removed = true;
    configurations.clear();
    index.truncateFrom(index.baseIndex() + 1, segments::release);
    opened.release(segments);
    hardState.release(segments);
    description.release(segments);
    base.release(segments);
  }
}
