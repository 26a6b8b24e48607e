package dev.synod.testkit.history.check;

/**
 * Which operations a search has placed, as bits. Those of known outcome are placed nearly in the
 * order of their invocations, so that a few words tell all: those before the first open one are
 * full, and those after the last placed one empty.
 */
final class Placed {

  private final long[] known;
  private final long[] unknown;
  private int knownCount;

  Placed(int knownSize, int unknownSize) {
    known = new long[(knownSize + 63) >> 6];
    unknown = new long[(unknownSize + 63) >> 6];
  }

  void addKnown(int number) {
    known[number >> 6] |= 1L << number;
    knownCount++;
  }

  void removeKnown(int number) {
    known[number >> 6] &= ~(1L << number);
    knownCount--;
  }

  void addUnknown(int number) {
    unknown[number >> 6] |= 1L << number;
  }

  void removeUnknown(int number) {
    unknown[number >> 6] &= ~(1L << number);
  }

  boolean hasUnknown(int number) {
    return (unknown[number >> 6] & 1L << number) != 0;
  }

  long[] unknownWords() {
    return unknown.clone();
  }

  int knownCount() {
    return knownCount;
  }

  /**
   * The same words for the same operations of known outcome, and only for these.
   *
   * @param firstOpen the first operation of known outcome that is not placed
   */
  long[] knownWords(int firstOpen) {
    int from = firstOpen >> 6;
    int to = from;
    for (int count = from << 6; count < knownCount; to++) {
      count += Long.bitCount(known[to]);
    }
    var words = new long[1 + to - from];
    words[0] = from;
    System.arraycopy(known, from, words, 1, to - from);
    return words;
  }
}
