package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Term;
import dev.synod.log.GroupLog.ReadResult;
import dev.synod.log.format.Location;
import dev.synod.log.format.RecordHeader;
import dev.synod.log.format.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One read of entries from disk. Looks each entry's place up just before it reads it, since entries
 * are moved, compacted and truncated meanwhile; goes on later if a place isn't durable yet.
 */
final class EntryReader implements Runnable, Tail.Deferred {

  private final SharedLog shared;
  private final GroupState state;
  private final long to;
  private final Consumer<ReadResult> callback;
  private final RecordReader records;
  private final List<Entry> entries = new ArrayList<>();
  private long next;

  EntryReader(
      SharedLog shared, GroupState state, long from, long to, Consumer<ReadResult> callback) {
    this.shared = shared;
    this.state = state;
    this.next = from;
    this.to = to;
    this.callback = callback;
    this.records = new RecordReader(shared.settings().readBytes());
  }

  private record Place(long location, Segment segment) {}

  /** What the next step is, decided under the tail's monitor. */
  private enum State {
    FOUND,
    GONE,
    LATER,
    NEVER
  }

  @Override
  public void run() {
    while (next <= to) {
      State found;
      Place place;
      synchronized (shared.tail()) {
        place = lookUp();
        found = stateOf(place);
        if (found == State.LATER && !shared.tail().deferUntilDurable(this)) {
          continue;
        }
      }
      if (found == State.LATER) {
        return;
      }
      if (found != State.FOUND || place == null) {
        callback.accept(found == State.GONE ? new ReadResult.Gone() : new ReadResult.Failed(why()));
        return;
      }
      if (!read(place)) {
        return;
      }
    }
    callback.accept(new ReadResult.Entries(entries));
  }

  @Override
  public void durable() {
    shared.read(this);
  }

  @Override
  public void failed(LogFailure failure) {
    callback.accept(new ReadResult.Failed(failure));
  }

  private @Nullable Place lookUp() {
    if (!state.index().holds(next)) {
      return null;
    }
    long location = state.index().locationAt(next);
    Segment segment = shared.segments().find(location);
    return new Place(location, segment == null ? shared.tail().current() : segment);
  }

  private State stateOf(@Nullable Place place) {
    if (place == null) {
      return State.GONE;
    }
    if (place.location() != Location.NOWHERE && shared.tail().isDurable(place.location())) {
      return State.FOUND;
    }
    return shared.tail().failure() == null ? State.LATER : State.NEVER;
  }

  private LogFailure why() {
    LogFailure failure = shared.tail().failure();
    return failure == null
        ? new LogFailure(LogFailure.Kind.IO, "the log doesn't hold entry " + next)
        : failure;
  }

  /** Reads the next entry; false if the read ends here. */
  private boolean read(Place place) {
    int offset = Location.offset(place.location());
    LogFailure failure;
    try {
      RecordHeader header =
          records.read(
              place.segment().file(), place.segment().number(), offset, place.segment().salt());
      if (header != null && header.index() == next) {
        var term = new Term(header.term());
        Bytes payload = records.payload();
        entries.add(new Entry(next, term, EntryKind.of(header.entryKind()), payload));
        next++;
        return true;
      }
      failure = damaged(place.segment().number(), offset);
    } catch (IOException e) {
      failure = LogFailure.of("reading " + shared.describe(place.segment().number()), e);
    } catch (IllegalArgumentException e) {
      String what = shared.describe(place.segment().number()) + ": entry " + next + ": ";
      failure = new LogFailure(LogFailure.Kind.UNKNOWN_FORMAT, what + e.getMessage());
    }
    return hasMoved(place) || tell(failure);
  }

  private boolean tell(LogFailure failure) {
    callback.accept(new ReadResult.Failed(failure));
    return false;
  }

  /** A segment may be deleted while it is read; its live entries are elsewhere then. */
  private boolean hasMoved(Place place) {
    synchronized (shared.tail()) {
      Place now = lookUp();
      return now == null || now.location() != place.location();
    }
  }

  private LogFailure damaged(int segment, int offset) {
    return new LogFailure(
        LogFailure.Kind.CORRUPT,
        shared.describe(segment)
            + ": the record at offset "
            + offset
            + " (entry "
            + next
            + " of group "
            + state.id()
            + ") is damaged; replace this replica, or restore the directory from a copy");
  }
}
