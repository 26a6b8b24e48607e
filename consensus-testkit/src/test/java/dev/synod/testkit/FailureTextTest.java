package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.raft.Raft;
import dev.synod.testkit.fault.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The text of a failed simulation test")
class FailureTextTest {

  @TempDir private Path folder;

  private static Simulation crashed() {
    var simulation = new Simulation(8, 3, Profile.CALM);
    simulation.start("total", Total::new, Raft.protocol()).ask("n1", 5L);
    simulation.partition("n1 | n2,n3");
    simulation.crash("n3");
    simulation.advance(Duration.ofMillis(500));
    return simulation;
  }

  @Test
  @DisplayName("has the seed, the commit, the story, the command and a picture")
  void allThatIsNeeded() throws IOException {
    var text = new FailureText(crashed(), "MyTest", "isRight", folder);

    var said = text.of(new AssertionError("expected <5>"));

    var picture = folder.resolve("MyTest-isRight-8.html");
    assertThat(said)
        .startsWith("expected <5>\n")
        .containsPattern("seed 8, at \\d+\\.\\d{6} s, commit \\S+")
        .contains(" s  partition n1 | n2,n3", " s  crash n3 nothing-kept")
        .contains("again: -Dtest=MyTest#isRight -Dsynod.seed=8")
        .endsWith("picture: " + picture);
    assertThat(Files.readString(picture))
        .contains("expected &lt;5&gt;", "partition n1 | n2,n3", "crash n3 nothing-kept", "stopped")
        .contains("AppendEntries");
  }

  @Test
  @DisplayName("is there even if the picture cannot be written")
  void pictureCannotBeWritten() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    var failure = new AssertionError("expected <5>");

    var said = new FailureText(crashed(), "MyTest", "isRight", file).of(failure);

    assertThat(said).contains("expected <5>", "seed 8", "picture: none, ");
    assertThat(failure.getSuppressed()).hasSize(1);
  }
}
