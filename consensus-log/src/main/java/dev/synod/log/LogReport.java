package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.log.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a log's directory holds, found out without changing anything: for people who look at a
 * closed one.
 *
 * @param segments oldest first
 * @param groups those whose name is known, damaged ones too
 * @param damaged the groups that would be refused, and why
 * @param unknownLoss set if records of groups are lost that can't be told
 * @param notes damage that harms no group
 */
public record LogReport(
    StoreId store,
    List<SegmentReport> segments,
    List<GroupReport> groups,
    Map<GroupId, LogFailure> damaged,
    Optional<LogFailure> unknownLoss,
    List<String> notes) {

  /**
   * One segment.
   *
   * @param end where its intact records end
   * @param liveBytes how much of it is still needed
   * @param ending what follows the records: unwritten space, a torn batch or damage
   */
  public record SegmentReport(
      int number, long size, int end, long records, long liveBytes, String ending) {}

  /**
   * One group.
   *
   * @param hardState what its protocol keeps beside the log; its layout is the protocol's affair
   * @param configurations the entries after {@code base} that say who belongs to it
   */
  public record GroupReport(
      GroupId id,
      int number,
      LogPosition base,
      LogPosition last,
      Optional<Bytes> hardState,
      List<Entry> configurations) {}

  /** Whether a node would serve all groups from this directory. */
  public boolean isIntact() {
    return damaged.isEmpty() && unknownLoss.isEmpty();
  }

  /**
   * Reads the log in that directory, and changes nothing.
   *
   * @throws LogException if there is no log, or its identity is damaged, or it is of another format
   */
  public static LogReport of(Disk disk) {
    try {
      var identity = new Identity(disk);
      if (!identity.exists()) {
        throw new LogException(
            LogFailure.Kind.FOREIGN, disk.describe() + " holds no log: no " + Identity.FILE);
      }
      StoreId store = identity.read();
      var recovery = new Recovery(disk, store, LogSettings.STANDARD.segmentBytes(), false);
      Recovered recovered = recovery.run();
      return of(store, recovery.scanned(), recovered);
    } catch (IOException e) {
      throw new LogException("reading the log in " + disk.describe(), e);
    }
  }

  private static LogReport of(StoreId store, List<SegmentReport> segments, Recovered recovered) {
    List<GroupReport> groups = new ArrayList<>();
    for (GroupState state : recovered.states().values()) {
      GroupId id = state.id();
      if (id != null) {
        groups.add(
            new GroupReport(
                id,
                state.number(),
                state.index().base(),
                state.index().last(),
                Optional.ofNullable(state.hardState().value()),
                state.configurations().all()));
      }
    }
    groups.sort(Comparator.comparing(GroupReport::id));
    return new LogReport(
        store,
        segments,
        groups,
        recovered.damaged(),
        Optional.ofNullable(recovered.unknownLoss()),
        recovered.notes());
  }
}
