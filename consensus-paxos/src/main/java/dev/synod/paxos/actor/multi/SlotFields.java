package dev.synod.paxos.actor.multi;

import dev.synod.actors.wire.EntryBlock;
import dev.synod.actors.wire.WireReader;
import dev.synod.actors.wire.WireWriter;
import dev.synod.core.Entry;
import java.util.List;

/**
 * The fields that messages about slots share. Each is checked when read, so that rules are given
 * none that they could not count with; what is wrong is an {@link IllegalArgumentException}.
 */
final class SlotFields {

  /** Highest slot: the rules add one to it, or as many as an acceptor may be ahead. */
  static final long SLOT_MAX = Long.MAX_VALUE / 2;

  private SlotFields() {}

  static long takeSlot(WireReader in) {
    return slot(in.takeLong());
  }

  static long slot(long slot) {
    if (slot < 1 || slot > SLOT_MAX) {
      throw new IllegalArgumentException(
          "a slot is from 1 to %d, but got %d".formatted(SLOT_MAX, slot));
    }
    return slot;
  }

  /** Where what begins at that slot ends; {@link Long#MAX_VALUE} if it has no end. */
  static long takeLastSlot(long firstSlot, WireReader in) {
    long last = in.takeLong();
    if (last < firstSlot) {
      throw new IllegalArgumentException("slots from %d to %d".formatted(firstSlot, last));
    }
    return last == Long.MAX_VALUE ? last : slot(last);
  }

  /** Up to where slots are chosen; 0 if none is known. */
  static long takeChosen(WireReader in) {
    long chosen = in.takeLong();
    if (chosen < 0 || chosen > SLOT_MAX) {
      throw new IllegalArgumentException(
          "slots are chosen up to one from 0 to %d, but got %d".formatted(SLOT_MAX, chosen));
    }
    return chosen;
  }

  /** With their first slot before them. */
  static void putEntries(List<Entry> entries, WireWriter out) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("no entries where one at least belongs");
    }
    long first = entries.get(0).index();
    out.putLong(first);
    EntryBlock.write(first, entries, out);
  }

  static List<Entry> takeEntries(WireReader in) {
    var entries = EntryBlock.read(takeSlot(in), in);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("no entries where one at least belongs");
    }
    slot(entries.get(entries.size() - 1).index());
    return entries;
  }
}
