package dev.synod.log.disk;

import java.util.ArrayList;
import java.util.List;

/**
 * Exactly what a crash leaves of what was not synced, where a {@link MemoryDisk.Tear} draws it: so
 * that a test can go through all of them.
 *
 * @param names how many of the first changes of names are kept: a file system's journal keeps their
 *     order
 * @param sectors how many of the first sectors are kept, in the order in which they were written
 * @param fate of the last one of these
 */
public record Cut(int names, int sectors, Fate fate) {

  /** What became of the last sector that is kept. */
  public enum Fate {
    /** It is as it was written, and nothing behind it is. */
    WRITTEN,
    /** It alone is not written, while all others are: a device writes in any order. */
    SKIPPED,
    /** It is neither old nor new, which no sound device does, and nothing behind it is written. */
    GARBLED
  }

  public Cut {
    if (names < 0 || sectors < 0 || (sectors == 0 && fate != Fate.WRITTEN)) {
      throw new IllegalArgumentException("no cut: %d, %d, %s".formatted(names, sectors, fate));
    }
  }

  /** Every cut of so many changes of names and so many sectors. */
  public static List<Cut> all(int names, int sectors) {
    List<Cut> cuts = new ArrayList<>();
    for (int kept = 0; kept <= names; kept++) {
      cuts.add(new Cut(kept, 0, Fate.WRITTEN));
      for (int sector = 1; sector <= sectors; sector++) {
        for (Fate fate : Fate.values()) {
          cuts.add(new Cut(kept, sector, fate));
        }
      }
    }
    return cuts;
  }

  /** What becomes of the sector of that number, counted from 1 in the order of writing. */
  Fate fateOf(int number) {
    if (number == sectors) {
      return fate;
    }
    return number < sectors || fate == Fate.SKIPPED ? Fate.WRITTEN : Fate.SKIPPED;
  }
}
