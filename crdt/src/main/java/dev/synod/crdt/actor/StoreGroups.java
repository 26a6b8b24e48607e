package dev.synod.crdt.actor;

import dev.synod.core.GroupId;
import dev.synod.crdt.rules.Shard;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which groups of a log the replicas of some values are in. */
final class StoreGroups {

  private static final String PREFIX = "crdt-";
  private static final int NAMED_MAX = 5;

  private StoreGroups() {}

  /**
   * Those of that name's shards, by their numbers.
   *
   * @param held the groups that the log has
   * @param where the log is, for people
   * @throws IllegalStateException if it has others: what is kept in other shards would be missed,
   *     and what other values keep is none of these
   */
  static List<GroupId> of(String name, int shards, Collection<GroupId> held, Object where) {
    var groups = called(name, shards, ShardName::text);
    if (groups.containsAll(held)) {
      return groups;
    }
    var former = called(name, shards, ShardName::former);
    if (new TreeSet<>(held).equals(new TreeSet<>(former))) {
      return former;
    }
    throw new IllegalStateException(
        ("%s holds %s, but is to hold %s and nothing else: start with the name and with"
                + " synod.crdt.shards that it was made with, or in another directory")
            .formatted(where, described(held), described(name, shards)));
  }

  private static List<GroupId> called(String name, int shards, Function<ShardName, String> text) {
    return Shard.all(shards).stream()
        .map(shard -> new GroupId(PREFIX + text.apply(new ShardName(name, shard))))
        .toList();
  }

  /** Of which values these groups are. */
  private static String described(Collection<GroupId> held) {
    var all = new TreeSet<String>();
    held.forEach(group -> all.add(described(group, held)));
    int more = all.size() - NAMED_MAX;
    return all.stream().limit(NAMED_MAX).collect(Collectors.joining(", "))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private static String described(GroupId group, Collection<GroupId> held) {
    if (!group.name().startsWith(PREFIX)) {
      return "the group \"%s\", which is not of replicated data".formatted(group);
    }
    String text = group.name().substring(PREFIX.length());
    return ShardName.read(text)
        .or(() -> ShardName.readFormer(text).filter(it -> isWhole(it, held)))
        .map(it -> described(it.values(), it.shard().count()))
        .orElseGet(() -> described(text, 1));
  }

  /** Alone, a group that is called so may be that of values called so. */
  private static boolean isWhole(ShardName former, Collection<GroupId> held) {
    int shards = former.shard().count();
    return held.containsAll(called(former.values(), shards, ShardName::former));
  }

  private static String described(String name, int shards) {
    return "\"%s\" with synod.crdt.shards = %d".formatted(name, shards);
  }
}
