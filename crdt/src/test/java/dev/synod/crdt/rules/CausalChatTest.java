package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.GSet;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Each line under a key of its own, so that nothing but causal delivery puts answers after their
 * questions: the key is the line's id, the value the id of the line that it answers.
 */
@DisplayName("A chat between three sites")
class CausalChatTest {

  private static final Family<GSet<Long>> LINES =
      new Family<>("line/", PlainCodecs.gSet(Codec.number()), GSet.empty());
  private static final Limits LIMITS = new Limits(100, 100, 64, 10_000, 4, 100);
  private static final int SITES = 3;
  private static final int ORDERS = 10_000;
  private static final int LINES_EACH = 6;

  @Test
  @DisplayName(
      "shows no answer before its question, in whatever order messages come, and no id twice")
  void answersAfterQuestions() {
    for (long seed = 1; seed <= ORDERS; seed++) {
      try {
        new Talk(new Random(seed)).play();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static final class Talk {

    private final Random random;
    private final Network network;
    private final List<Long> said = new ArrayList<>();

    Talk(Random random) {
      this.random = random;
      var replicas = new ArrayList<Replication>();
      for (int site = 0; site < SITES; site++) {
        var others =
            List.of(new ReplicaId((site + 1) % SITES + 1), new ReplicaId((site + 2) % SITES + 1));
        replicas.add(Replication.of(new ReplicaId(site + 1), others, List.of(LINES), LIMITS));
      }
      network = new Network(replicas, random);
    }

    void play() {
      while (said.size() < LINES_EACH) {
        int site = random.nextInt(SITES);
        switch (random.nextInt(5)) {
          case 0 -> say(site);
          case 1 -> network.take(site, network.replica(site).flush());
          default -> deliver();
        }
      }
      for (int site = 0; site < SITES; site++) {
        network.take(site, network.replica(site).flush());
      }
      while (deliver() >= 0) {
        assertThat(network.messages()).isLessThan(1_000);
      }
      network.heal();
      network.areEqual();
      assertThat(said).doesNotHaveDuplicates();
      for (int site = 0; site < SITES; site++) {
        assertThat(shown(network.replica(site))).containsExactlyInAnyOrderElementsOf(said);
      }
    }

    /** Answers any line that this site shows, or none; its id is above all that it shows. */
    private void say(int site) {
      var shown = new ArrayList<>(shown(network.replica(site)));
      long highest = shown.stream().mapToLong(Long::longValue).max().orElse(0);
      long id = highest + 1 + Math.floorMod(site - (highest + 1), (long) SITES);
      int which = random.nextInt(shown.size() + 1);
      long parent = which < shown.size() ? shown.get(which) : 0;
      network.change(site, LINES, LINES.prefix() + id, line -> line.add(parent));
      said.add(id);
    }

    private int deliver() {
      int site = network.deliverAny();
      if (site >= 0) {
        var replica = network.replica(site);
        var shown = shown(replica);
        for (long id : shown) {
          long parent = replica.value(LINES, LINES.prefix() + id).elements().iterator().next();
          if (parent != 0 && !shown.contains(parent)) {
            throw new AssertionError(
                "site %d shows %s, of which %d answers %d".formatted(site, shown, id, parent));
          }
        }
      }
      return site;
    }

    private static Set<Long> shown(Replication replica) {
      var ids = new HashSet<Long>();
      replica
          .keys()
          .forEach((key, entry) -> ids.add(Long.valueOf(key.substring(LINES.prefix().length()))));
      return ids;
    }
  }
}
