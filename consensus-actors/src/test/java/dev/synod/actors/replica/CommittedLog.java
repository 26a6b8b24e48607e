package dev.synod.actors.replica;

import dev.synod.actors.wire.EncodedCommand;
import dev.synod.actors.wire.EncodedValue;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Term;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.serialization.Serialization;

/** Writes committed entries for tests, one after the other. */
final class CommittedLog {

  private final Serialization serialization;
  private final List<Entry> entries = new ArrayList<>();
  private long era;

  CommittedLog(Serialization serialization) {
    this.serialization = serialization;
  }

  /** A configuration was forced: the entries from here on are of another era. */
  void nextEra() {
    era = new Term(era).nextEra().number();
  }

  Entry noOp() {
    return add(EntryKind.NO_OP, Bytes.EMPTY);
  }

  Entry openSession() {
    return add(EntryKind.OPEN_SESSION, Bytes.EMPTY);
  }

  Entry closeSessions(long... sessions) {
    var closed = new ClosedSessions(java.util.Arrays.stream(sessions).boxed().toList());
    return add(EntryKind.CLOSE_SESSIONS, closed.encode());
  }

  Entry configuration(Configuration configuration) {
    return add(EntryKind.CONFIGURATION, configuration.encode());
  }

  Entry command(long session, long request, Object command) {
    return command(session, request, 1, command);
  }

  Entry command(long session, long request, long ackedBelow, Object command) {
    try {
      var value = EncodedValue.of(command, serialization);
      return raw(
          new EncodedCommand(
              session, request, ackedBelow, value.serializerId(), value.manifest(), value.body()));
    } catch (NotSerializableException e) {
      throw new UncheckedIOException(e);
    }
  }

  Entry raw(EncodedCommand command) {
    return add(EntryKind.COMMAND, command.encode());
  }

  Entry add(EntryKind kind, Bytes payload) {
    var term = new Term(era + 1 + entries.size() / 10);
    var entry = new Entry(entries.size() + 1L, term, kind, payload);
    entries.add(entry);
    return entry;
  }

  List<Entry> all() {
    return List.copyOf(entries);
  }

  List<Entry> from(long index) {
    return List.copyOf(entries.subList((int) index - 1, entries.size()));
  }
}
