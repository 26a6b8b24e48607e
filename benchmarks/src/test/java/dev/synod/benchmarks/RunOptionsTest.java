package dev.synod.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.benchmarks.peer.Freshness;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@DisplayName("The options of a run")
class RunOptionsTest {

  @Test
  @DisplayName("make a workload of each size and each number of requests")
  void everyCombination() {
    var options = parse("--outstanding=1,64", "--bytes=16,1024", "--seconds=2", "--warmup=1");

    assertThat(options.workloads())
        .containsExactly(
            Workload.writes(1, 16, 1, 2),
            Workload.writes(64, 16, 1, 2),
            Workload.writes(1, 1024, 1, 2),
            Workload.writes(64, 1024, 1, 2));
    assertThat(options.bytesMax()).isEqualTo(1024);
  }

  @Test
  @DisplayName("ask for reads, all or a part, in small letters")
  void reads() {
    var options = parse("--outstanding=1", "--reads=stale", "--read-percent=90");

    assertThat(options.workloads())
        .containsExactly(new Workload(1, 100, 90, Freshness.STALE, 3, 5));
  }

  @Test
  @DisplayName("are the same in the process that they are passed on to")
  void passedOn() {
    var options = parse("--outstanding=1,2", "--bytes=50", "--reads=linearizable", "--forces");

    var again = parse(options.toArguments().toArray(String[]::new));

    assertThat(again.workloads()).isEqualTo(options.workloads());
    assertThat(again.forces()).isTrue();
    assertThat(again.folder()).isEqualTo(options.folder());
  }

  private static RunOptions parse(String... arguments) {
    var options = new RunOptions();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("run", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments);
    return options;
  }
}
