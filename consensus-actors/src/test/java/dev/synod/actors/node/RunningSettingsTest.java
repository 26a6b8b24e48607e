package dev.synod.actors.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Settings changed while the node runs")
class RunningSettingsTest {

  private static final Config SYSTEM =
      ConfigFactory.parseString("synod.even { pace = 2, weight = 4 }")
          .withFallback(ConfigFactory.load());

  private final RunningSettings running =
      new RunningSettings(SYSTEM, ConsensusSettings.from(SYSTEM.getConfig("synod")));

  /** Its pace can be changed, and must be even. */
  private record EvenProtocol() implements Protocol {

    @Override
    public String name() {
      return "even";
    }

    @Override
    public Set<String> changeable() {
      return Set.of("synod.even.pace");
    }

    @Override
    public void check(Config system) {
      if (system.getInt("synod.even.pace") % 2 != 0) {
        throw new IllegalArgumentException("synod.even.pace must be even");
      }
    }

    @Override
    public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
      return Behaviors.ignore();
    }
  }

  @Test
  @DisplayName("add up, each on top of those before")
  void addUp() {
    running.runs(new EvenProtocol());
    change("synod.even.pace = 6");

    var changed = change("synod.client.reads-max = 5");

    assertThat(changed.getInt("synod.even.pace")).isEqualTo(6);
    assertThat(running.settings().client().readsMax()).isEqualTo(5);
  }

  @Test
  @DisplayName("are refused where something counts on them, with the names of those that can be")
  void refusesOthers() {
    running.runs(new EvenProtocol());

    assertThatThrownBy(() -> change("synod.even { pace = 4, weight = 5 }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.even.weight can't be changed while the node runs")
        .hasMessageContaining("synod.even.pace")
        .hasMessageContaining("synod.client.ask-timeout");
    assertThatThrownBy(() -> change("synod.client.tick-interval = 1s"))
        .hasMessageContaining("synod.client.tick-interval can't be changed");
  }

  @Test
  @DisplayName("change nothing when one of them is wrong")
  void allOrNothing() {
    running.runs(new EvenProtocol());
    int before = running.settings().client().readsMax();

    assertThatThrownBy(() -> change("synod { client.reads-max = 7, even.pace = 3 }"))
        .hasMessageContaining("must be even");
    assertThatThrownBy(() -> change("synod { client.reads-max = 0, even.pace = 4 }"))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(running.settings().client().readsMax()).isEqualTo(before);
    assertThat(change("synod.client.waiting-max = 9").getInt("synod.even.pace")).isEqualTo(2);
  }

  @Test
  @DisplayName("of a protocol can be changed only where it runs")
  void onlyWhereItRuns() {
    assertThatThrownBy(() -> change("synod.even.pace = 4"))
        .hasMessageContaining("can't be changed");
  }

  @Test
  @DisplayName("of the node itself can be changed whatever runs")
  void ofTheNode() {
    change("synod.node { hello-interval = 2s, readmission = off }");

    assertThat(running.settings().node().readmission()).isFalse();
    assertThatThrownBy(() -> change("synod.node.hello-interval-max = 1s"))
        .hasMessageContaining("hello-interval-max");
  }

  private Config change(String text) {
    return running.change(ConfigFactory.parseString(text));
  }
}
