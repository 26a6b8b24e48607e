package dev.synod.actors.watch;

import dev.synod.actors.message.WatchMessage.Changed;
import dev.synod.actors.message.WatchMessage.Pull;
import java.util.ArrayList;
import java.util.List;

/**
 * As much as goes into one message: all that was changed in {@code (after, upTo]}.
 *
 * @param changes at least one if there are any
 */
record Slice(long after, long upTo, List<Changed> changes) {

  /**
   * The first part of what was changed in {@code (pull.after(), upTo]}, as much as the pull and the
   * settings allow.
   *
   * @param changes all of these, and perhaps some before
   */
  static Slice of(Pull pull, long upTo, List<Changed> changes, WatchSettings settings) {
    int countMax = Math.min(pull.changesMax(), settings.batchChangesMax());
    long bytesMax = Math.min(pull.bytesMax(), settings.batchBytesMax());
    var taken = new ArrayList<Changed>();
    long bytes = 0;
    for (Changed change : changes) {
      if (change.index() <= pull.after()) {
        continue;
      }
      bytes += change.payload().length();
      if (taken.size() == countMax || (bytes > bytesMax && !taken.isEmpty())) {
        long last = taken.get(taken.size() - 1).index();
        return new Slice(pull.after(), last, List.copyOf(taken));
      }
      taken.add(change);
    }
    return new Slice(pull.after(), upTo, List.copyOf(taken));
  }
}
