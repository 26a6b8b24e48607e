package dev.synod.testkit.lab.membership;

import java.util.List;

/**
 * An entry of the log, of which only two things matter.
 *
 * @param term that wrote it
 * @param members the configuration from here on; one that repeats its predecessor's is an entry of
 *     another kind, such as a leader's empty first one
 */
record Item(int term, Members members) {

  /** Configurations hold from the moment at which they are in the log (thesis §4.1). */
  static Members membersAfter(List<Item> log) {
    return log.get(log.size() - 1).members();
  }

  /** Where the present configuration stands: the index of its first entry. */
  static int indexOfChange(List<Item> log) {
    int index = log.size() - 1;
    while (index > 0 && log.get(index - 1).members().equals(log.get(index).members())) {
      index--;
    }
    return index;
  }

  /** Whether the one log's last entry is as late as the other's (§5.4.1). */
  static boolean isUpToDate(List<Item> log, List<Item> other) {
    int term = lastTerm(log);
    int otherTerm = lastTerm(other);
    return term > otherTerm || (term == otherTerm && log.size() >= other.size());
  }

  static boolean isPrefix(List<Item> log, List<Item> longer) {
    return log.size() <= longer.size() && longer.subList(0, log.size()).equals(log);
  }

  private static int lastTerm(List<Item> log) {
    return log.isEmpty() ? -1 : log.get(log.size() - 1).term();
  }
}
