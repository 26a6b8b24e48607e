package dev.synod.testkit.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** A message as the tests of its module keep it in a file of golden bytes. */
record GoldenMessage(String name, String manifest, byte[] bytes) {

  /** All of a file, such as {@code consensus-raft/src/test/resources/wire/raft.txt}. */
  static List<GoldenMessage> of(String file) {
    try (var lines = Files.lines(Path.of(System.getProperty("synod.root"), file))) {
      return lines.filter(line -> !line.startsWith("#")).map(GoldenMessage::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenMessage parse(String line) {
    var words = line.split(" ");
    var hex = words.length > 2 ? words[2] : "";
    return new GoldenMessage(words[0], words[1], HexFormat.of().parseHex(hex));
  }
}
