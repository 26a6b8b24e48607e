package dev.synod.samples.node;

import dev.synod.actors.Backup;
import java.util.concurrent.CompletionStage;

/** Where a node writes backups of its groups. */
public interface Backups {

  /**
   * Writes one. Fails with an {@link IllegalArgumentException} if there is no such group, or the
   * name can't be a file's.
   */
  CompletionStage<Backup> backUp(String group, String name);
}
