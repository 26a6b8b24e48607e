package dev.synod.samples.node;

import dev.synod.actors.Backup;
import dev.synod.actors.LocalNode;
import dev.synod.core.GroupId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * The folder beside those of the nodes, in which all have their backups: what removes a node leaves
 * it. No request leads out of it.
 */
final class BackupFolder implements Backups {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final LocalNode node;
  private final Path folder;

  BackupFolder(LocalNode node, Path folder) {
    this.node = node;
    this.folder = folder;
  }

  @Override
  public CompletionStage<Backup> backUp(String group, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A backup's name is up to 100 letters, digits, '.', '-' or '_', not \"" + name + "\".");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return node.backUp(new GroupId(group), folder.resolve(name));
  }
}
