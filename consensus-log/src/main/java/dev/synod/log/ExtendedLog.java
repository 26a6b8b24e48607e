package dev.synod.log;

import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * A log as it will be once entries of one term are appended: what a rule sees of the appends it
 * just asked for.
 */
public record ExtendedLog(LogView log, List<Entry> more) implements LogView {

  @Override
  public LogPosition base() {
    return log.base();
  }

  @Override
  public List<Entry> configurations() {
    var all = new ArrayList<>(log.configurations());
    more.stream().filter(entry -> entry.kind() == EntryKind.CONFIGURATION).forEach(all::add);
    return all;
  }

  @Override
  public LogPosition last() {
    return more.get(more.size() - 1).position();
  }

  @Override
  public Term termAt(long index) {
    return index < firstOfMore() ? log.termAt(index) : more.get(0).term();
  }

  @Override
  public long firstIndexOfTermAt(long index) {
    if (index < firstOfMore()) {
      return log.firstIndexOfTermAt(index);
    }
    var last = log.last();
    boolean sameTerm = last.index() > base().index() && last.term().equals(more.get(0).term());
    return sameTerm ? log.firstIndexOfTermAt(last.index()) : firstOfMore();
  }

  @Override
  public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
    if (from < firstOfMore()) {
      return log.lastIndexWithin(from, entriesMax, bytesMax);
    }
    int first = (int) (from - firstOfMore());
    long bytes = 0;
    int end = first;
    while (end < more.size() && end - first < entriesMax) {
      bytes += more.get(end).payload().length();
      if (bytes > bytesMax && end > first) {
        break;
      }
      end++;
    }
    return firstOfMore() + end - 1;
  }

  private long firstOfMore() {
    return more.get(0).index();
  }
}
