package dev.synod.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("./synod compare")
class CompareTest {

  private static final Path PAGE = Path.of("..", "docs", "guide", "comparison.md");

  /** What a lost leader costs is drawn anew by any change of the code. */
  private static final String DRAWN = "| ms if the leader crashes |";

  private static String said(String... arguments) {
    var bytes = new ByteArrayOutputStream();
    int ended = Compare.run(List.of(arguments), new PrintStream(bytes, true, UTF_8));
    return ended + ": " + bytes.toString(UTF_8);
  }

  @ParameterizedTest(name = "{0} replicas")
  @ValueSource(ints = {3, 5, 7})
  @Tag("slow")
  @DisplayName("says what stands in the guide")
  void page(int replicas) throws IOException {
    var page = Files.readString(PAGE);

    var all = Compare.compared(replicas, ComparedGroup::count);

    var table = Compare.table(replicas, all);

    assertThat(page)
        .as("cut %s anew with ./synod compare", PAGE)
        .contains(table.substring(0, table.indexOf(DRAWN)));
  }

  /**
   * Everyone but the leader is asked and answers; told what is committed, nobody answers. Forces
   * are one of each disk, whoever leads.
   */
  @ParameterizedTest(name = "{0} replicas")
  @CsvSource({"1, 0, 0", "2, 2, 1", "4, 6, 3"})
  @Tag("slow")
  @DisplayName("counts messages and forced writes by the number of replicas")
  void bySize(int replicas, int asked, int told) {
    var all = Compare.compared(replicas, ComparedGroup::count);
    var raft = all.get(0);
    var paxos = all.get(1);
    var zab = all.get(2);

    assertThat(raft.messages()).isEqualTo(asked + told);
    assertThat(paxos.messages()).isEqualTo(asked);
    assertThat(zab.messages()).isEqualTo(asked + told);
    assertThat(List.of(raft.forces(), paxos.forces(), zab.forces()))
        .containsOnly((double) replicas);
  }

  @Test
  @Tag("slow")
  @DisplayName("tells how long a write waits when the leader crashes: silence, and an election")
  void lostLeader() {
    var lost = new ComparedGroup(SimProtocol.RAFT, 3).look().failOverMillis();

    assertThat(lost).isNotEmpty().isSorted().allMatch(millis -> millis > 100 && millis < 2_000);
  }

  @Test
  @DisplayName("refuses what it cannot compare")
  void refuses() {
    assertThat(said("3", "many")).isEqualTo("2: from 1 to 9 replicas can be compared, not many\n");
    assertThat(said("10")).startsWith("2: ");
    assertThat(said("--help")).startsWith("0: Usage: synod compare");
  }
}
