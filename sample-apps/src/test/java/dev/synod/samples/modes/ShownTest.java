package dev.synod.samples.modes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a node shows")
class ShownTest {

  private final Shown<Integer> shown = new Shown<>(0);

  @Test
  @DisplayName("is kept, in order, from what was there before any change")
  void kept() {
    shown.show(1);
    shown.show(3);

    assertThat(shown.all()).containsExactly(0, 1, 3);
    assertThat(shown.last()).isEqualTo(3);
    assertThat(shown.await(value -> value == 3)).isEqualTo(3);
  }

  @Test
  @DisplayName("is awaited, whoever shows it")
  void awaited() throws Exception {
    var executor = Executors.newScheduledThreadPool(1);
    try {
      var waiting = CompletableFuture.supplyAsync(() -> shown.await(it -> it == 2), executor);
      shown.show(1);
      shown.show(2);

      assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  @DisplayName("is looked at for all nodes at once")
  void everywhere() {
    var other = new Shown<>(5);
    var all = new Everywhere<>(new TreeMap<>(Map.of("n1", shown, "n2", other)));
    shown.show(1);

    assertThat(all.now(value -> value * 10)).isEqualTo(List.of(10, 50));
    assertThat(all.ever()).containsExactly(0, 1, 5);
    assertThat(all.at("n2")).isSameAs(other);
  }
}
