package dev.synod.samples.modes;

import dev.synod.crdt.wire.Codec;

/**
 * What somebody said in a chat that is replicated data.
 *
 * @param id of nobody else's line, and higher than those of all lines that its author had seen
 * @param parent the line that it answers; 0 if none
 */
record Line(long id, long parent, String author, String text) {

  static final Codec<Line> CODEC =
      Codec.of(
          (line, writer) -> {
            writer.number(line.id());
            writer.number(line.parent());
            writer.text(line.author());
            writer.text(line.text());
          },
          reader -> new Line(reader.number(), reader.number(), reader.text(), reader.text()));

  /** For people. */
  @Override
  public String toString() {
    return "%d %s: %s".formatted(id, author, text);
  }
}
