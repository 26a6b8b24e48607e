package dev.synod.ddata;

import dev.synod.crdt.CausalToken;

/** What is known of an import when its call ends. */
public sealed interface ImportOutcome {

  /**
   * The key here has what was read there, at as many replicas as were asked for.
   *
   * @param isNew whether this import has changed the value; not if an earlier one had brought all
   * @param copies how many replicas are known to have it
   * @param token names the import and all that the replica had merged
   */
  record Imported(boolean isNew, int copies, CausalToken token) implements ImportOutcome {}

  /**
   * The same, but it is not known in time to be at as many replicas as were asked for. To import
   * once more is harmless, and tells.
   *
   * @param isNew whether this import has changed the value
   * @param copies how many replicas are known to have it
   * @param token names the import and all that the replica had merged
   */
  record Unconfirmed(boolean isNew, int copies, CausalToken token) implements ImportOutcome {}

  /** Distributed Data has no such key, as far as was read. Nothing was changed. */
  record Missing() implements ImportOutcome {}

  /** The key there has a value of another type. Nothing was changed. */
  record WrongType(String expected, String found) implements ImportOutcome {}

  /** Distributed Data gave no value, and why. Nothing was changed. */
  record Unread(String reason) implements ImportOutcome {}

  /** The value was read and could not be written, and why. Nothing was changed. */
  record Refused(String reason) implements ImportOutcome {}
}
