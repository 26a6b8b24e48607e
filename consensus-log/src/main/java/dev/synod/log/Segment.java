package dev.synod.log;

import dev.synod.core.Invariants;
import dev.synod.core.StoreId;
import dev.synod.log.disk.DiskFile;
import dev.synod.log.format.SegmentHeader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One segment as the running log sees it. Guarded by the {@link Tail}'s monitor, but for what is
 * final.
 */
final class Segment {

  private final int number;
  private final int salt;
  private @Nullable DiskFile file;
  private @Nullable LogFailure failure;
  private boolean triedAgain;
  private long liveBytes;

  Segment(StoreId store, int number) {
    this.number = number;
    this.salt = new SegmentHeader(store, number).salt();
  }

  int number() {
    return number;
  }

  int salt() {
    return salt;
  }

  /** Whether the file exists, durably and with all its space. */
  boolean isReady() {
    return file != null;
  }

  DiskFile file() {
    return Objects.requireNonNull(file);
  }

  void ready(DiskFile prepared) {
    file = prepared;
  }

  /** Why the file couldn't be made. */
  @Nullable LogFailure failure() {
    return failure;
  }

  void failed(LogFailure why) {
    failure = why;
  }

  /** A new file is another file: unlike a failed sync, making it may be tried again. */
  boolean mayTryAgain() {
    if (triedAgain) {
      return false;
    }
    triedAgain = true;
    failure = null;
    return true;
  }

  /** How many bytes of records here are still needed to rebuild the groups' state. */
  long liveBytes() {
    return liveBytes;
  }

  void addLive(long bytes) {
    liveBytes += bytes;
    Invariants.check(liveBytes >= 0, "live bytes are never negative: %s", liveBytes);
  }
}
