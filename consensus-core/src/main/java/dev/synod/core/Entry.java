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
}
