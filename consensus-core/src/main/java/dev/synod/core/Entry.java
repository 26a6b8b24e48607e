package dev.synod.core;

/**
 * One entry of a replicated log. Its payload was encoded once, by whoever proposed it, and is never
 * changed.
 *
 * @param index from 1
 */
public record Entry(long index, Term term, EntryKind kind, Bytes payload) {

  public LogPosition position() {
    return new LogPosition(index, term);
  }

  /** As a witness gets it: where it stands, and who belongs to the group if it says so. */
  public Entry witnessed() {
    boolean isWhole = kind == EntryKind.CONFIGURATION || kind == EntryKind.NO_OP;
    return isWhole ? this : new Entry(index, term, EntryKind.WITNESSED, Bytes.EMPTY);
  }
}
