package dev.synod.samples.modes;

import dev.synod.crdt.GCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Words counted by three nodes in maps of counters, of which one dies in the middle of its part, so
 * that another has to count that part again. In one map a counter's entries are parts of the text,
 * in the other one they are nodes.
 */
final class WordsAct implements Act {

  /** Who counts a part again writes the same entry, and the higher count of a part is the later. */
  private static final Family<GCounter> BY_PART =
      new Family<>("part/", PlainCodecs.gCounter(), GCounter.ZERO);

  /** Who counts a part again adds to its own entry, beside that of the one before. */
  private static final Family<GCounter> BY_NODE =
      new Family<>("node/", PlainCodecs.gCounter(), GCounter.ZERO);

  private static final int SHOWN = 5;

  @Override
  public String title() {
    return "word count, a map of counters. A node dies; its part is counted again, and not twice.";
  }

  @Override
  public void play(Cluster cluster, Notes notes) {
    var replicas = Replicas.start(cluster, "words", BY_PART, BY_NODE);
    var first = Words.PARTS.get(0);
    var second = Words.PARTS.get(1);
    var third = Words.PARTS.get(2);
    var half = third.subList(0, third.size() / 2);
    var whole = Words.count(Words.PARTS.stream().flatMap(List::stream).toList());
    var told = Words.sum(Words.sum(Words.count(first), Words.count(second)), Words.count(half));
    var byPart = replicas.at("n1").showAll(BY_PART);
    var byNode = replicas.at("n1").showAll(BY_NODE);

    count(replicas.at("n1"), 1, first);
    count(replicas.at("n2"), 2, second);
    count(replicas.at("n3"), 3, half);
    var before = await(byPart, BY_PART, told);
    await(byNode, BY_NODE, told);
    notes.tell("n1 and n2 have counted their parts; n3 has counted half of its own");
    cluster.kill("n3");
    notes.tell("n3 is killed");
    count(replicas.at("n2"), 3, third);
    notes.tell("n2 has counted part 3 again, from its first line");

    var twice = Words.sum(whole, Words.count(half));
    await(byNode, BY_NODE, twice);
    var merged = await(byPart, BY_PART, whole);
    notes.table(rows(whole, merged, Words.of(byNode.last(), BY_NODE.prefix())));
    notes.expect("words that n1 knew of before n3 was killed", total(told), total(before));
    notes.expect("words in the map by part, as in the whole text", total(whole), total(merged));
    notes.expect("and so with each single word", true, merged.equals(whole));
    notes.expect(
        "in the map by node, what n3 had counted is there twice",
        total(whole) + total(Words.count(half)),
        total(Words.of(byNode.last(), BY_NODE.prefix())));
  }

  /** Counts a part at that node, into both maps. */
  private static void count(Replica at, int part, List<String> lines) {
    var entry = new ReplicaId(part);
    Words.count(lines)
        .forEach(
            (word, count) -> {
              at.update(
                  BY_PART,
                  BY_PART.prefix() + word,
                  (it, me) -> new GCounter(VersionVector.of(entry, count)));
              at.update(BY_NODE, BY_NODE.prefix() + word, (it, me) -> it.increment(me, count));
            });
  }

  private static SortedMap<String, Long> await(
      Shown<SortedMap<String, GCounter>> shown,
      Family<GCounter> family,
      SortedMap<String, Long> counts) {
    return Words.of(
        shown.await(it -> Words.of(it, family.prefix()).equals(counts)), family.prefix());
  }

  private static long total(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<List<String>> rows(
      SortedMap<String, Long> whole,
      SortedMap<String, Long> byPart,
      SortedMap<String, Long> byNode) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "whole text", "map by part", "map by node"));
    most(whole)
        .forEach(
            word ->
                rows.add(
                    Notes.row(
                        word,
                        Stream.of(whole, byPart, byNode)
                            .map(it -> it.getOrDefault(word, 0L))
                            .toList())));
    rows.add(
        Notes.row("all words", Stream.of(whole, byPart, byNode).map(WordsAct::total).toList()));
    return rows;
  }

  private static Stream<String> most(SortedMap<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .map(Map.Entry::getKey);
  }
}
