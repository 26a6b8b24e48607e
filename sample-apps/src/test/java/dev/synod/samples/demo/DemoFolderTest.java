package dev.synod.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.samples.node.DemoProtocol;
import dev.synod.samples.node.NodeSettings.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The folder of a demo")
class DemoFolderTest {

  private static final DemoFile FILE =
      new DemoFile(
          0,
          0,
          URI.create("http://127.0.0.1:1/"),
          "t",
          Optional.of(DemoProtocol.PAXOS),
          List.of(new Place("n1", 20_001, 20_002)));

  @TempDir Path path;

  @Test
  @DisplayName("belongs to one demo at a time")
  void isLocked() throws IOException {
    var folder = new DemoFolder(path);
    var lock = folder.lock();

    assertThatThrownBy(folder::lock)
        .isInstanceOf(DemoException.class)
        .hasMessageStartingWith("A demo already runs in " + path)
        .hasMessageContaining("--dir");

    lock.acquiredBy().close();
    folder.lock().acquiredBy().close();
  }

  @Test
  @DisplayName("gives back what was written, to its owner only")
  void readsWhatWasWritten() throws IOException {
    var folder = new DemoFolder(path);

    folder.write(FILE);

    assertThat(folder.read()).contains(FILE);
    var permissions = Files.getPosixFilePermissions(path.resolve("demo.json"));
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
  }

  @Test
  @DisplayName("was Raft's if it says nothing of a protocol")
  void readsWhatWasWrittenBefore() throws IOException {
    Files.writeString(
        path.resolve("demo.json"),
        """
        {"pid": 0, "startedMillis": 0, "control": "http://127.0.0.1:1/", "token": "t", "nodes": []}
        """);

    assertThat(new DemoFolder(path).read().orElseThrow().protocol()).isEmpty();
  }

  @Test
  @DisplayName("says what to do with a file that is damaged")
  void damagedFile() throws IOException {
    Files.writeString(path.resolve("demo.json"), "{");

    assertThatThrownBy(new DemoFolder(path)::read)
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("Remove it to begin anew.");
  }

  @Test
  @DisplayName("is cleared of the nodes' folders, and of nothing else")
  void clears() throws IOException {
    var folder = new DemoFolder(path);
    folder.write(FILE);
    Files.createDirectories(folder.data("n1"));
    Files.writeString(folder.log("n1"), "log");
    Files.writeString(path.resolve("mine"), "mine");

    folder.clear();

    try (var left = Files.list(path)) {
      assertThat(left).containsExactly(path.resolve("mine"));
    }
  }
}
