package dev.synod.crdt.actor;

import dev.synod.crdt.rules.Shard;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the replica of one shard of some values is called: its actor, at all nodes, and its group on
 * disk. It says how many shards there are, so that nodes that divide keys otherwise do not meet. No
 * values are called what a shard of others is, as these would meet.
 *
 * @param values their name, without what only names of shards have, such as {@code .0-of-2} at its
 *     end
 */
record ShardName(String values, Shard shard) {

  private static final Pattern OF_MANY = Pattern.compile("(.+)\\.(\\d+)-of-(\\d+)");
  private static final Pattern FORMER = Pattern.compile("(.+)-(\\d+)-of-(\\d+)");

  ShardName {
    var reserved = read(values);
    if (reserved.isPresent()) {
      throw new IllegalArgumentException(
          "values can't be called \"%s\", as a shard of values called \"%s\" is: choose a name"
                  .formatted(values, reserved.get().values())
              + " of letters, digits and hyphens");
    }
  }

  /** The values themselves if their keys are not divided. */
  String text() {
    return text('.');
  }

  /** As it was on disk before names of values and of shards were kept apart. */
  String former() {
    return text('-');
  }

  private String text(char separator) {
    return shard.count() == 1
        ? values
        : "%s%c%d-of-%d".formatted(values, separator, shard.number(), shard.count());
  }

  /** Of which values that is one of several shards. */
  static Optional<ShardName> read(String text) {
    return read(OF_MANY.matcher(text)).filter(it -> it.text().equals(text));
  }

  /** Of which values that may be a shard, as it was called formerly. */
  static Optional<ShardName> readFormer(String text) {
    return read(FORMER.matcher(text)).filter(it -> it.former().equals(text));
  }

  private static Optional<ShardName> read(Matcher text) {
    if (!text.matches()) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(text.group(2));
      int count = Integer.parseInt(text.group(3));
      return Optional.of(new ShardName(text.group(1), new Shard(number, count)));
    } catch (IllegalArgumentException e) { // there is no such shard, or there are no such values
      return Optional.empty();
    }
  }
}
