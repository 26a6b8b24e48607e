package dev.synod.actors;

import dev.synod.core.GroupId;
import java.util.Locale;

/**
 * A group's state in one file, by {@link LocalNode#backUp}.
 *
 * @param index of the last entry in it
 * @param bytes of the state and the sessions
 * @param file where it is
 */
public record Backup(GroupId group, long index, long bytes, String file) {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s up to entry %d, %d bytes, in %s", group, index, bytes, file);
  }
}
