package dev.synod.samples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.actors.Backup;
import dev.synod.actors.LocalNode;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The folder of the backups")
class BackupFolderTest {

  @TempDir private Path folder;

  private final List<Object> asked = new ArrayList<>();

  @Test
  @DisplayName("is made when it is needed, and gets the backup under its name")
  void namesAFile() {
    var backups = folder.resolve("backups");

    new BackupFolder(node(), backups).backUp("counter", "monday.1");

    assertThat(backups).isDirectory();
    assertThat(asked).contains(backups.resolve("monday.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../a", "/etc/a", "a/b", "a\\b", ".a", "a\u0000b", "ä", "a\n"})
  @DisplayName("is left by no name, nor is one hidden in it")
  void hostileNames(String name) {
    assertThatThrownBy(() -> new BackupFolder(node(), folder).backUp("counter", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A backup's name is up to 100 letters");
    assertThat(asked).isEmpty();
  }

  @Test
  @DisplayName("takes names of 100 characters, and none of 101")
  void lengthIsBounded() {
    var backups = new BackupFolder(node(), folder);

    backups.backUp("counter", "a".repeat(100));

    assertThatThrownBy(() -> backups.backUp("counter", "a".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A node that notes what it is to back up, and where. */
  private LocalNode node() {
    return (LocalNode)
        Proxy.newProxyInstance(
            LocalNode.class.getClassLoader(),
            new Class<?>[] {LocalNode.class},
            (proxy, method, arguments) -> {
              asked.addAll(List.of(arguments));
              return new CompletableFuture<Backup>();
            });
  }
}
