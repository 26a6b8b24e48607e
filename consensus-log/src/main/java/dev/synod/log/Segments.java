package dev.synod.log;

import dev.synod.log.format.Location;
import dev.synod.log.format.RecordHeader;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All segments, oldest first, and how much of each is still needed. Guarded by the {@link Tail}'s
 * monitor.
 *
 * <p>Segments are deleted from the oldest on only. So the ones that are left hold the end of the
 * log's history, and whatever makes an older record void (a truncation, a removal) never goes
 * before it.
 */
final class Segments {

  private final TreeMap<Integer, Segment> byNumber = new TreeMap<>();
  private @Nullable Segment lastFound;
  private long liveBytes;

  void add(Segment segment) {
    byNumber.put(segment.number(), segment);
  }

  void remove(Segment segment) {
    byNumber.remove(segment.number());
    lastFound = null;
  }

  Segment oldest() {
    return byNumber.firstEntry().getValue();
  }

  Collection<Segment> all() {
    return byNumber.values();
  }

  int count() {
    return byNumber.size();
  }

  long liveBytes() {
    return liveBytes;
  }

  /** The segment of that location, unless it was deleted. */
  @Nullable Segment find(long location) {
    int number = Location.segment(location);
    if (lastFound == null || lastFound.number() != number) {
      lastFound = byNumber.get(number);
    }
    return lastFound;
  }

  /** The record there is needed. */
  void live(long location, int payloadLength) {
    change(location, RecordHeader.sizeOf(payloadLength));
  }

  /** The record there is no longer needed. */
  void release(long location, int payloadLength) {
    change(location, -RecordHeader.sizeOf(payloadLength));
  }

  private void change(long location, long bytes) {
    Segment segment = location == Location.NOWHERE ? null : find(location);
    if (segment != null) {
      segment.addLive(bytes);
      liveBytes += bytes;
    }
  }
}
