package dev.synod.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The configurations that a server's log holds, oldest first, where the newest one counts,
 * committed or not (Ongaro and Ousterhout 2014, §6); the older ones count again where a conflict
 * takes it away.
 *
 * @param all at least one: the first is that of the snapshot, or of the founding
 */
public record Memberships(List<Placed> all) {

  /**
   * A configuration with its place.
   *
   * @param index of its entry; 0 or the snapshot's for the first one
   */
  public record Placed(long index, Configuration configuration) {}

  public Memberships {
    all = List.copyOf(all);
  }

  /** What a snapshot or the founding says, and what the log says after it. */
  public static Memberships of(long index, Configuration base, List<Entry> entries) {
    return new Memberships(List.of(new Placed(index, base))).with(entries);
  }

  /** Which counts. */
  public Configuration latest() {
    return newest().configuration();
  }

  /** Which counts, with its place. */
  public Placed newest() {
    return all.get(all.size() - 1);
  }

  /** Whether what counts can't be taken away any more. */
  public boolean isCommitted(long commitIndex) {
    return newest().index() <= commitIndex;
  }

  /** Which counts among those that are committed. */
  public Configuration committed(long commitIndex) {
    var found = all.get(0).configuration();
    for (Placed placed : all) {
      if (placed.index() <= commitIndex) {
        found = placed.configuration();
      }
    }
    return found;
  }

  /**
   * Whether the group may need that server to lead it (Ongaro 2014, §4.2.2): it votes by what
   * counts, or by what may still count for others as long as the newest is not known to be
   * committed. If only servers that are to leave have the newest, none of the others can be
   * elected.
   */
  public boolean mayNeed(StoreId server, long commitIndex) {
    return mayNeed(configuration -> configuration.isVoter(server), commitIndex);
  }

  /**
   * The same of a server whose word counts by those configurations.
   *
   * @param counts whether it does
   */
  public boolean mayNeed(Predicate<Configuration> counts, long commitIndex) {
    return counts.test(committed(commitIndex))
        || all.stream()
            .filter(placed -> placed.index() > commitIndex)
            .anyMatch(placed -> counts.test(placed.configuration()));
  }

  /** As it is once these are appended. */
  public Memberships with(List<Entry> entries) {
    List<Placed> more = null;
    for (Entry entry : entries) {
      if (entry.kind() == EntryKind.CONFIGURATION && entry.index() > all.get(0).index()) {
        more = more == null ? new ArrayList<>(all) : more;
        more.add(new Placed(entry.index(), Configuration.decode(entry.payload())));
      }
    }
    return more == null ? this : new Memberships(more);
  }

  /** As it is once the entries from there on are removed. */
  public Memberships truncatedFrom(long index) {
    if (newest().index() < index || all.size() == 1) {
      return this;
    }
    return new Memberships(
        all.stream()
            .filter(placed -> placed.index() < index || placed.equals(all.get(0)))
            .toList());
  }

  /** A snapshot says so; what the log holds after it stays if the log holds its last entry. */
  public Memberships basedOn(long index, Configuration configuration, boolean logGoesOn) {
    var kept = new ArrayList<Placed>();
    kept.add(new Placed(index, configuration));
    if (logGoesOn) {
      all.stream().filter(placed -> placed.index() > index).forEach(kept::add);
    }
    return new Memberships(kept);
  }
}
