package dev.synod.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A row of figures")
class RowTest {

  @Test
  @DisplayName("is read from JSON as it was written, with what can't be told")
  void jsonAndBack(@TempDir Path folder) throws IOException {
    var rows = List.of(row("jraft", 1_000, 1), row("etcd", 2_000.5, 2).withForces(1.25));
    Path file = folder.resolve("rows.json");

    RowJson.write(file, rows);

    assertThat(Files.readString(file)).startsWith("[\n{").contains("\"forcesPerOp\":null");
    assertThat(RowJson.read(file)).isEqualTo(rows);
  }

  @Test
  @DisplayName("of an earlier form has three replicas and one group")
  void earlierForm() {
    var row =
        RowJson.parse(
            "{\"system\":\"synod-raft\",\"layout\":\"one-jvm\",\"workload\":\"write\","
                + "\"outstanding\":16,\"bytes\":100,\"opsPerSecond\":20058.9,\"p50Micros\":733.2,"
                + "\"p99Micros\":1569.8,\"cpuMicrosPerOp\":77.02,\"failures\":0,\"turn\":1}");

    assertThat(row.replicas()).isEqualTo(3);
    assertThat(row.groups()).isEqualTo(1);
    assertThat(row.costs().cpuMicros()).isEqualTo(77.02);
    assertThat(row.costs().wireBytes()).isNaN();
  }

  @Test
  @DisplayName("without a system is refused")
  void notARow() {
    assertThatThrownBy(() -> RowJson.parse("{\"turn\":1}")).hasMessageContaining("system");
  }

  @Test
  @DisplayName("stands in the table below the heads of its columns, failures at the end")
  void table() {
    var line = row("jraft", 1_000, 1).toString();

    assertThat(line).hasSameSizeAs(Row.HEAD).contains(" 1000 ").contains(" - ");
    assertThat(failed().toString()).endsWith("(2 failed)");
  }

  @Test
  @DisplayName("stands for its turns as the one of the median rate; kinds are not mixed")
  void medians() {
    var rows =
        List.of(row("a", 3, 1), row("b", 9, 1), row("a", 1, 2), row("a", 2, 3), row("b", 7, 2));

    assertThat(Medians.of(rows)).containsExactly(row("a", 2, 3), row("b", 9, 1));
  }

  @Test
  @DisplayName("has the forces that strace counted, of those calls only")
  void forces() {
    var table =
        """
        % time     seconds  usecs/call     calls    errors syscall
        ------ ----------- ----------- --------- --------- ----------------
         90.00    0.123456         100      1200           fdatasync
          9.00    0.012345          50        34         2 fsync
        ------ ----------- ----------- --------- --------- ----------------
        100.00    0.135801                  1234         2 total
        """;

    assertThat(Forces.sum(table)).isEqualTo(1_234);
  }

  private static Row row(String system, double rate, int turn) {
    var costs = new Costs(10.5, 300, Double.NaN, 1_000, Double.NaN, 256);
    return new Row(system, "one-jvm", "write", 3, 1, 64, 100, rate, 850, 1_500, costs, 0, turn);
  }

  private static Row failed() {
    return new Row("a", "one-jvm", "write", 3, 1, 1, 100, 1, 1, 1, Costs.ofCpu(1), 2, 1);
  }
}
