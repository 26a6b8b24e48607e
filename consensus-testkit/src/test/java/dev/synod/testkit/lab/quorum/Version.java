package dev.synod.testkit.lab.quorum;

import java.util.Comparator;

/**
 * Which of two values is newer: the one with the higher number; if two writers chose the same, the
 * writers' names decide (Lynch, Shvartsman 1997: a <em>tag</em>).
 */
record Version(long number, String writer) implements Comparable<Version> {

  /** Of what a register holds before the first write. */
  static final Version FIRST = new Version(0, "");

  private static final Comparator<Version> ORDER =
      Comparator.comparingLong(Version::number).thenComparing(Version::writer);

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }
}
