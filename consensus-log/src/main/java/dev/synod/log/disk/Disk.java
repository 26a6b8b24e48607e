package dev.synod.log.disk;

import java.io.IOException;
import java.util.List;

/**
 * One directory tree that the log owns. The only way in which consensus-log touches files, so that
 * a test can lose, tear, fill and break it.
 *
 * <p>Names are relative, with {@code /} between folders, and never leave the tree.
 */
public interface Disk {

  /**
   * Opens an existing file, or creates it. A created file survives a crash only after {@link
   * #syncDirectory}.
   */
  DiskFile open(String name) throws IOException;

  boolean exists(String name) throws IOException;

  /**
   * The names of the files directly in that folder ("" for the root), sorted; empty if it doesn't
   * exist.
   */
  List<String> list(String folder) throws IOException;

  void createDirectories(String folder) throws IOException;

  /** Replaces {@code to} atomically; durable after {@link #syncDirectory}. */
  void rename(String from, String to) throws IOException;

  void delete(String name) throws IOException;

  /** Makes creations, renames and deletions in that folder durable. */
  void syncDirectory(String folder) throws IOException;

  /**
   * Locks the tree against a second process (or a second opening in this one) until the lock is
   * closed.
   */
  AutoCloseable lock() throws IOException;

  /** Where this is, for messages to people. */
  String describe();
}
