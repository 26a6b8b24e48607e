package dev.synod.crdt.rules;

import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage.Ask;
import dev.synod.crdt.protocol.ReplicationMessage.Fetch;
import dev.synod.crdt.protocol.ReplicationMessage.Fetched;
import dev.synod.crdt.protocol.ReplicationMessage.KeyVersion;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.ReplicationMessage.LeafVersions;
import dev.synod.crdt.protocol.ReplicationMessage.NodeSum;
import dev.synod.crdt.protocol.ReplicationMessage.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The questions of a search, their answers, and what follows from an answer. */
final class Searching {

  private Searching() {}

  static Ask question(ReplicaId self, Search search, KeySpace keys, int nodesMax) {
    var nodes = new ArrayList<Integer>();
    var leaves = new ArrayList<LeafVersions>();
    for (int node : search.next(nodesMax)) {
      if (KeySpace.isLeaf(node)) {
        leaves.add(new LeafVersions(node, versions(keys, node)));
      } else {
        nodes.add(node);
      }
    }
    return new Ask(self, search.session(), nodes, leaves);
  }

  private static List<KeyVersion> versions(KeySpace keys, int leaf) {
    var versions = new ArrayList<KeyVersion>();
    keys.leaf(leaf).forEach((key, entry) -> versions.add(new KeyVersion(key, entry.version())));
    return versions;
  }

  /** As much of the answer as there are bytes for, and always some; each node and leaf once. */
  static Told answer(
      ReplicaId self,
      Ask question,
      VersionVector merged,
      CausalToken followed,
      KeySpace keys,
      int bytesMax) {
    var sums = new ArrayList<NodeSum>();
    var values = new ArrayList<KeyedValue>();
    var answered = new LinkedHashSet<Integer>();
    for (int node : question.nodes()) {
      boolean isInner = node >= KeySpace.ROOT && node < KeySpace.FIRST_LEAF;
      if (isInner && answered.add(node)) {
        addSums(sums, keys, node);
      }
    }
    long bytes = 0;
    for (var leaf : question.leaves()) {
      if (bytes >= bytesMax) {
        break;
      }
      if (KeySpace.isLeaf(leaf.leaf()) && answered.add(leaf.leaf())) {
        bytes += addValues(values, keys, leaf);
      }
    }
    return new Told(
        self, question.session(), merged, followed, sums, values, List.copyOf(answered));
  }

  /** The value, unless the asker has it. */
  static Step answer(Replication replication, Fetch question) {
    var entry = replication.keys().get(question.key());
    Optional<KeyedValue> newer =
        entry == null || entry.version().isPartOf(question.version())
            ? Optional.empty()
            : Optional.of(new KeyedValue(question.key(), entry.version(), entry.encoded()));
    var answer = new Fetched(replication.self(), question.request(), newer);
    return new Step(replication, List.of(new Effect.Send(question.from(), answer)));
  }

  private static void addSums(List<NodeSum> sums, KeySpace keys, int node) {
    for (int i = 0; i < KeySpace.CHILDREN; i++) {
      int child = KeySpace.child(node, i);
      if (keys.sum(child) != 0) {
        sums.add(new NodeSum(child, keys.sum(child)));
      }
    }
  }

  /** The values that the asker has not, or not all of; how many bytes they have. */
  private static long addValues(List<KeyedValue> values, KeySpace keys, LeafVersions asked) {
    Map<String, VersionVector> there = new HashMap<>();
    asked.versions().forEach(it -> there.put(it.key(), it.version()));
    long[] bytes = {0};
    keys.leaf(asked.leaf())
        .forEach(
            (key, entry) -> {
              if (!entry.version().isPartOf(there.getOrDefault(key, VersionVector.EMPTY))) {
                var value = new KeyedValue(key, entry.version(), entry.encoded());
                values.add(value);
                bytes[0] += value.value().length();
              }
            });
    return bytes[0];
  }

  /**
   * Takes an answer. Values are merged whichever question they answer: one that takes longer to
   * answer than a search has patience would never be over else.
   */
  static Step told(Replication before, Told message) {
    if (before.elsewhere().isStrange(message.elsewhere())) {
      return new Step(before, List.of());
    }
    var search =
        before
            .search()
            .filter(it -> it.session() == message.session() && it.with().equals(message.from()));
    var merging = new Merging(before.families(), before.keys(), message.from());
    for (var value : message.values()) {
      merging.merge(value.key(), value.version(), value.value(), value.read());
    }
    var with = before.with(merging.keys(), before.merged());
    if (search.isEmpty()) { // too late for the search; what is claimed is left to that
      return new Step(with, merging.effects());
    }
    long next = before.questions() + 1;
    var further = further(search.get(), message, merging, next);
    var effects = merging.effects();
    if (!further.isOver()) {
      var after = with.with(Optional.of(further), next);
      effects.add(after.ask(further));
      return new Step(after, effects);
    }
    var found = with.with(Optional.empty(), before.questions());
    var step = Delivery.of(found, Claim.of(further, message.elsewhere()));
    effects.addAll(step.effects());
    return new Step(step.after(), effects);
  }

  /** See {@link Replication#resend}. */
  static Step again(Replication before, Predicate<ReplicaId> busy) {
    var claimed = Delivery.claimed(before.with(before.elsewhere().anew()));
    var sending = claimed.after().outgoing().resend(busy);
    var after = claimed.after().with(sending.after());
    var effects = new ArrayList<>(claimed.effects());
    effects.addAll(sending.effects());
    effects.addAll(Delivery.awaited(after));
    var others = after.outgoing().others();
    var sender =
        after.held().lacking(after.merged()).filter(it -> others.containsKey(it)).findFirst();
    if (after.search().isEmpty() && sender.isPresent()) {
      var step = after.search(sender.get());
      effects.addAll(step.effects());
      return new Step(step.after(), effects);
    }
    after.search().filter(it -> !busy.test(it.with())).map(after::ask).ifPresent(effects::add);
    return new Step(after, effects);
  }

  /**
   * The search after that answer, whose values are merged already.
   *
   * @param session the number of the next question
   */
  static Search further(Search search, Told answer, Merging merging, long session) {
    Map<Integer, Long> there = new HashMap<>();
    answer.sums().forEach(sum -> there.put(sum.node(), sum.sum()));
    var open = new TreeSet<>(search.open());
    for (int node : answer.answered()) {
      if (open.remove(node) && !KeySpace.isLeaf(node)) {
        for (int i = 0; i < KeySpace.CHILDREN; i++) {
          int child = KeySpace.child(node, i);
          var sum = there.get(child);
          if (sum != null && sum != merging.keys().sum(child)) {
            open.add(child);
          }
        }
      }
    }
    return new Search(
        session,
        search.with(),
        search.upTo().or(() -> Optional.of(answer.upTo())),
        open,
        search.isWhole() && !merging.isRefused());
  }
}
