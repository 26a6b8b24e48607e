package dev.synod.crdt.rules;

import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ReplicationMessage.LeafVersions;

/**
 * An answer to another replica that holds a value of many elements, which takes long to write. An
 * answer changes nothing: so somebody else than the replica may give it, from the replica as it
 * was, and it arrives as one that was given then and was long on its way.
 */
public final class HeavyAnswer {

  private HeavyAnswer() {}

  /**
   * Whether the answer to that question has a value of so many elements.
   *
   * @param weightMin from where on a value counts
   */
  public static boolean isFor(Replication replica, ReplicationMessage question, int weightMin) {
    if (question instanceof Fetch fetch) {
      var entry = replica.keys().get(fetch.key());
      return entry != null
          && entry.value().weight() >= weightMin
          && !entry.version().isPartOf(fetch.version());
    }
    return question instanceof Ask ask
        && ask.leaves().stream()
            .anyMatch(leaf -> KeySpace.isLeaf(leaf.leaf()) && isHeavy(replica, leaf, weightMin));
  }

  private static boolean isHeavy(Replication replica, LeafVersions asked, int weightMin) {
    boolean[] is = {false};
    replica
        .keys()
        .leaf(asked.leaf())
        .forEach(
            (key, entry) ->
                is[0] |=
                    entry.value().weight() >= weightMin
                        && !entry.version().isPartOf(versionThere(asked, key)));
    return is[0];
  }

  private static VersionVector versionThere(LeafVersions asked, String key) {
    return asked.versions().stream()
        .filter(it -> it.key().equals(key))
        .findFirst()
        .map(ReplicationMessage.KeyVersion::version)
        .orElse(VersionVector.EMPTY);
  }

  /** What the replica says to a question: an {@link Ask} or a {@link Fetch}. */
  public static ReplicationMessage of(Replication replica, ReplicationMessage question) {
    return replica.receive(question).effects().stream()
        .filter(Effect.Send.class::isInstance)
        .map(effect -> ((Effect.Send) effect).message())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no question: " + question));
  }
}
