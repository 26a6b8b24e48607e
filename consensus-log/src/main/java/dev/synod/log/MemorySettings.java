package dev.synod.log;

import java.util.Locale;

/**
 * The bounds of groups kept in memory, checked on construction: an instance that exists is valid.
 *
 * @param entryBytesMax as {@link LogSettings#entryBytesMax}, which it is taken from
 * @param groupBytesMax bytes that the entries of one group may take before it calls itself busy and
 *     proposals are rejected, until a snapshot lets older entries go. It must hold what a protocol
 *     keeps behind a snapshot and gathers until the next is taken: three times Raft's {@code
 *     snapshot-after-bytes}, and {@value MemoryGroupLog#ENTRY_OVERHEAD_BYTES} bytes more an entry
 */
public record MemorySettings(int entryBytesMax, long groupBytesMax) {

  private static final int MIB = 1 << 20;

  /** The values that reference.conf repeats. */
  public static final MemorySettings STANDARD = new MemorySettings(16 * MIB, 256L * MIB);

  public MemorySettings {
    if (entryBytesMax < 1) {
      throw new IllegalArgumentException(
          "synod.log: entry-bytes-max (%d) must be at least 1".formatted(entryBytesMax));
    }
    if (groupBytesMax < entryBytesMax) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "synod.memory.group-bytes-max (%d) must be at least synod.log.entry-bytes-max (%d),"
                  + " or a single entry would make its group busy",
              groupBytesMax,
              entryBytesMax));
    }
  }
}
