package dev.synod.crdt.ladder.rules;

/** What a node has to do about an entity, again and again until it is done. */
public sealed interface LadderTask {

  String key();

  /** Hand in the value that it has now, for that fence. Nothing was changed since it was heard. */
  record Join(String key, long fence) implements LadderTask {}

  /** Merge the group's value, as it was at that index or later. */
  record Take(String key, long published) implements LadderTask {}
}
