package dev.synod.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A setup")
class SetupTest {

  @Test
  @DisplayName("crosses to another process as text, a folder with blanks included")
  void textAndBack() throws IOException {
    var setup = Setup.of(3, 4, 100, Path.of("a folder", "with blanks"));

    assertThat(Setup.parse(setup.toString())).isEqualTo(setup);
  }

  @Test
  @DisplayName("gives each replica ports of its own")
  void portsDiffer() throws IOException {
    assertThat(Setup.of(5, 1, 100, Path.of("x")).ports()).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("with too few ports is refused")
  void tooFewPorts() {
    assertThatThrownBy(() -> new Setup(3, 1, 100, List.of(1, 2), Path.of("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("has JRaft run with its own Netty, and the others without that")
  void ownNetty() {
    assertThat(new JRaft().runsWith("netty-all-4.1.42.Final.jar")).isTrue();
    assertThat(new JRaft().runsWith("netty-common-4.2.15.Final.jar")).isFalse();
    assertThat(new JRaft().runsWith("bolt-1.6.12.jar")).isTrue();
    assertThat(new Etcd().runsWith("netty-all-4.1.42.Final.jar")).isFalse();
    assertThat(new Etcd().runsWith("netty-common-4.2.15.Final.jar")).isTrue();
  }

  @Test
  @DisplayName("is for a layout and a system that exist")
  void names() {
    assertThat(Layout.named("three-jvms")).isEqualTo(Layout.THREE_JVMS);
    assertThatThrownBy(() -> Layout.named("two-jvms")).hasMessageContaining("two-jvms");
    assertThat(Peers.names())
        .allSatisfy(name -> assertThat(Peers.named(name).name()).isEqualTo(name));
    assertThatThrownBy(() -> Peers.named("paxi")).hasMessageContaining("microraft-memory");
  }
}
