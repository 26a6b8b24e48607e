package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Here;
import dev.synod.crdt.protocol.PeerMessage.Who;
import dev.synod.crdt.rules.Neighbours.Greeting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The replicas at other nodes")
class NeighboursTest {

  private static final ReplicaId ME = new ReplicaId(1);
  private static final ReplicaId OLD = new ReplicaId(20);
  private static final ReplicaId NEW = new ReplicaId(21);
  private static final Neighbours NOBODY = Neighbours.of("a", ME, List.of("a", "b", "c"));

  /** The other node b has that replica. */
  private static Neighbours knowing(ReplicaId replica) {
    var asked = NOBODY.ask();
    var who = (Who) asked.greetings().get(0).message();
    return asked.after().heard(new Here("b", replica, ME, who.question())).after();
  }

  @Test
  @DisplayName("are known once they have answered")
  void met() {
    var asked = NOBODY.ask();
    assertThat(asked.greetings())
        .containsExactly(
            new Greeting("b", new Who("a", ME, 1)), new Greeting("c", new Who("a", ME, 2)));

    var met = asked.after().heard(new Here("b", OLD, ME, 1));

    assertThat(met.joined()).contains(OLD);
    assertThat(met.left()).isEmpty();
    assertThat(met.after().replicas()).containsExactly(OLD);
    assertThat(met.after().nodeOf(OLD)).contains("b");
  }

  @Test
  @DisplayName("that started again take the place of the earlier ones")
  void startedAgain() {
    var known = knowing(OLD);

    var greeted = known.heard(new Who("b", NEW, 9));
    assertThat(greeted.joined()).isEmpty();
    assertThat(greeted.greetings()).hasSize(2);
    assertThat(greeted.greetings().get(0)).isEqualTo(new Greeting("b", new Here("a", ME, NEW, 9)));
    var who = (Who) greeted.greetings().get(1).message();

    var met = greeted.after().heard(new Here("b", NEW, ME, who.question()));
    assertThat(met.left()).contains(OLD);
    assertThat(met.joined()).contains(NEW);
  }

  @Test
  @DisplayName("are not replaced by words of an earlier start that arrive late")
  void lateWords() {
    var known = knowing(NEW);

    var late = known.heard(new Who("b", OLD, 3)).after().heard(new Here("b", OLD, ME, 1));

    assertThat(late.joined()).isEmpty();
    assertThat(late.after().replicas()).containsExactly(NEW);
  }

  @Test
  @DisplayName("count when they answer a question that is open, once, and asked by this start")
  void openQuestionsOnly() {
    var twice = NOBODY.ask().after().ask().after();

    assertThat(twice.heard(new Here("b", OLD, NEW, 3)).joined()).isEmpty();
    assertThat(twice.heard(new Here("x", OLD, ME, 3)).joined()).isEmpty();
    assertThat(twice.heard(new Here("b", OLD, ME, 0)).joined()).isEmpty();
    assertThat(twice.heard(new Here("b", OLD, ME, 5)).joined()).isEmpty();
    var met = twice.heard(new Here("b", OLD, ME, 3));
    assertThat(met.joined()).contains(OLD);
    assertThat(met.after().heard(new Here("b", NEW, ME, 3)).joined()).isEmpty();
    assertThat(met.after().heard(new Here("b", NEW, ME, 1)).joined()).isEmpty();
    assertThat(met.after().heard(new Here("b", NEW, ME, 0)).joined()).isEmpty();
  }

  @Test
  @DisplayName("meet though each answer comes after the next questions")
  void slowAnswers() {
    var neighbours = NOBODY;
    for (int asked = 0; asked < 100; asked++) {
      neighbours = neighbours.ask().after();
    }

    var met = neighbours.heard(new Here("b", OLD, ME, 1));
    assertThat(met.joined()).contains(OLD);

    neighbours = met.after();
    for (long question = 3; question <= 199; question += 2) {
      // Whoever was asked before OLD was known may have been gone before OLD began.
      assertThat(neighbours.heard(new Here("b", NEW, ME, question)).joined()).isEmpty();
      neighbours = neighbours.ask().after();
    }
    var replaced = neighbours.heard(new Here("b", NEW, ME, 201));
    assertThat(replaced.left()).contains(OLD);
    assertThat(replaced.joined()).contains(NEW);
  }

  @Test
  @DisplayName("may be replaced after a late answer of the one that is known")
  void lateAnswerOfTheKnownOne() {
    var twice = knowing(OLD).ask().after().heard(new Who("b", NEW, 9)).after();

    var confirmed = twice.heard(new Here("b", OLD, ME, 3));
    assertThat(confirmed.joined()).isEmpty();
    var met = confirmed.after().heard(new Here("b", NEW, ME, 5));
    assertThat(met.left()).contains(OLD);
    assertThat(met.joined()).contains(NEW);
  }

  @Test
  @DisplayName("are never replaced by earlier ones, however their words are late and out of order")
  void neverBack() {
    for (long seed = 1; seed <= 300; seed++) {
      var random = new Random(seed);
      var asker = NOBODY;
      int current = 20;
      int known = 0;
      var underWay = new ArrayList<PeerMessage>();
      for (int step = 0; step < 300; step++) {
        int what = random.nextInt(10);
        if (what == 0) {
          current++;
        } else if (what < 4) {
          var asked = asker.ask();
          asker = asked.after();
          underWay.add(asked.greetings().get(0).message());
        } else if (what == 4) {
          underWay.add(new Here("b", new ReplicaId(current), ME, 0));
        } else if (!underWay.isEmpty()) {
          var message = underWay.get(random.nextInt(underWay.size()));
          if (random.nextInt(3) > 0) {
            underWay.remove(message);
          }
          if (message instanceof Who who) {
            underWay.add(new Here("b", new ReplicaId(current), ME, who.question()));
          } else if (message instanceof Here here) {
            var met = asker.heard(here);
            asker = met.after();
            int then = met.joined().map(ReplicaId::number).orElse(known);
            assertThat(then).as("seed %d", seed).isGreaterThanOrEqualTo(known);
            known = then;
          }
        }
      }
      assertThat(known).as("seed %d", seed).isGreaterThan(0);
    }
  }

  @Test
  @DisplayName("meet when the questions of both cross, in a few messages")
  void crossing() {
    var nodes = new TreeMap<String, Neighbours>();
    nodes.put("a", Neighbours.of("a", ME, List.of("a", "b")));
    nodes.put("b", Neighbours.of("b", NEW, List.of("a", "b")));
    var underWay = new ArrayDeque<Greeting>();
    for (String node : List.of("a", "b")) {
      var asked = nodes.get(node).ask();
      nodes.put(node, asked.after());
      underWay.addAll(asked.greetings());
    }

    int messages = 0;
    while (!underWay.isEmpty() && messages < 100) {
      var greeting = underWay.remove();
      var at = nodes.get(greeting.to());
      var met =
          greeting.message() instanceof Who who
              ? at.heard(who)
              : at.heard((Here) greeting.message());
      nodes.put(greeting.to(), met.after());
      underWay.addAll(met.greetings());
      messages++;
    }

    assertThat(messages).isLessThan(10);
    assertThat(nodes.get("a").replicas()).containsExactly(NEW);
    assertThat(nodes.get("b").replicas()).containsExactly(ME);
  }

  @Test
  @DisplayName("are refused if they are strangers, or have an id that another has")
  void refused() {
    assertThat(NOBODY.heard(new Who("x", OLD, 1)).refused()).isPresent();

    var asked = knowing(OLD).ask();
    var toC = (Who) asked.greetings().get(1).message();
    assertThat(asked.after().heard(new Here("c", OLD, ME, toC.question())).refused())
        .hasValueSatisfying(why -> assertThat(why).contains("given twice"));
    assertThat(asked.after().heard(new Here("c", ME, ME, toC.question())).refused()).isPresent();
  }
}
