package dev.synod.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The pictures")
class PlotsTest {

  @Test
  @DisplayName("are one of latency, and one of each size that grows; the floor has none")
  void onePictureEach(@TempDir Path folder) throws IOException {
    var rows =
        List.of(
            row("force", Floor.LAYOUT, 1, 100),
            row("a", "one-jvm", 1, 100),
            row("a", "one-jvm", 64, 100),
            row("b", "three-jvms", 1, 16),
            row("b", "three-jvms", 1, 1024));

    var files = Plots.draw(rows, folder);

    assertThat(files.stream().map(file -> file.getFileName().toString()))
        .containsExactly(
            "growth-outstanding-one-jvm-write.svg",
            "latency-one-jvm-write.svg",
            "growth-bytes-three-jvms-write.svg",
            "latency-three-jvms-write.svg");
    assertThat(Files.readString(files.get(0))).contains(">a</text>").doesNotContain(">force<");
  }

  private static Row row(String system, String layout, int outstanding, int bytes) {
    return new Row(
        system,
        layout,
        "write",
        3,
        1,
        outstanding,
        bytes,
        1_000.0 * outstanding,
        500,
        900,
        Costs.ofCpu(10),
        0,
        1);
  }
}
