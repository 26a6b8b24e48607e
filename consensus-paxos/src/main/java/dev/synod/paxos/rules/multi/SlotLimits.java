package dev.synod.paxos.rules.multi;

import dev.synod.core.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What bounds a distinguished proposer.
 *
 * @param window slots that may be proposed and not known to be chosen without a hole: Lamport's
 *     alpha (2001, §3)
 * @param entriesPerMessage slots of one request
 * @param bytesPerMessage payload bytes of one request, unless a single one is longer
 */
public record SlotLimits(int window, int entriesPerMessage, long bytesPerMessage) {

  /** As many of the first ones as one message may have; empty if there are none. */
  public Optional<List<Entry>> first(List<Entry> entries) {
    return cut(entries).stream().findFirst();
  }

  /** In order, each part as long as one request may be. */
  public List<List<Entry>> cut(List<Entry> entries) {
    var parts = new ArrayList<List<Entry>>(1);
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      long more = entries.get(i).payload().length();
      if (i > from && (i - from >= entriesPerMessage || bytes + more > bytesPerMessage)) {
        parts.add(List.copyOf(entries.subList(from, i)));
        from = i;
        bytes = 0;
      }
      bytes += more;
    }
    if (from < entries.size()) {
      parts.add(List.copyOf(entries.subList(from, entries.size())));
    }
    return parts;
  }
}
