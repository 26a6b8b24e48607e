package dev.synod.actors.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Stored samples of messages: one {@code name manifest hex} a line. */
final class GoldenBytes {

  /** One stored message. */
  record Sample(String manifest, String hex) {
    byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  private GoldenBytes() {}

  static Map<String, Sample> of(String resource) {
    try (var in = GoldenBytes.class.getResourceAsStream(resource)) {
      var samples = new TreeMap<String, Sample>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(words -> samples.put(words[0], new Sample(words[1], words[2])));
      return samples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
