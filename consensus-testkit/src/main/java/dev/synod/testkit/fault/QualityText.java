package dev.synod.testkit.fault;

import dev.synod.testkit.world.LinkQuality;
import java.util.Map;
import java.util.TreeMap;

/** A link's quality in one word: {@code wild}, or its numbers, {@code 0.001s/0.02s/20/0/0/0s}. */
final class QualityText {

  private static final Map<String, LinkQuality> NAMED =
      new TreeMap<>(
          Map.of(
              "good", LinkQuality.GOOD,
              "poor", LinkQuality.POOR,
              "wild", LinkQuality.WILD,
              "haunted", LinkQuality.HAUNTED));

  private static final int PARTS = 6;

  private QualityText() {}

  static String of(LinkQuality quality) {
    return NAMED.entrySet().stream()
        .filter(named -> named.getValue().equals(quality))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> numbers(quality));
  }

  static LinkQuality parse(String word) {
    var named = NAMED.get(word);
    if (named != null) {
      return named;
    }
    var parts = word.split("/", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException(
          ("a quality is one of %s, or delayMin/delayMean/lost/doubled/overtaken/lateMean, but got"
                  + " \"%s\"")
              .formatted(NAMED.keySet(), word));
    }
    return new LinkQuality(
        Seconds.parse(parts[0]),
        Seconds.parse(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]),
        Integer.parseInt(parts[4]),
        Seconds.parse(parts[5]));
  }

  private static String numbers(LinkQuality quality) {
    return "%s/%s/%d/%d/%d/%s"
        .formatted(
            Seconds.text(quality.delayMin()),
            Seconds.text(quality.delayMean()),
            quality.lost(),
            quality.doubled(),
            quality.overtaken(),
            Seconds.text(quality.lateMean()));
  }
}
