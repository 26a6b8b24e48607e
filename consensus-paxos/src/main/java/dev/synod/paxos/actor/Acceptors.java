package dev.synod.paxos.actor;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.paxos.rules.Acceptor;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Written;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One acceptor for each key, and the log that all of them write to. */
final class Acceptors {

  private final StoreId self;
  private final GroupLog log;
  private final Map<String, Acceptor<Content>> acceptors = new TreeMap<>();

  Acceptors(StoreId self, GroupLog log) {
    this.self = self;
    this.log = log;
  }

  Acceptor<Content> of(String key) {
    var acceptor = acceptors.get(key);
    return acceptor == null ? Acceptor.initial(self) : acceptor;
  }

  void become(String key, Acceptor<Content> acceptor) {
    acceptors.put(key, acceptor);
  }

  /** One promise or acceptance is one entry, whichever key it is of. */
  void write(String key, Written<Content> written) {
    var last = log.last();
    Bytes payload = EntryFormat.encode(key, written);
    log.append(
        List.of(
            new Entry(
                last.index() + 1, written.termAfter(last.term()), EntryKind.COMMAND, payload)));
  }

  /**
   * The next entries of the log, in its order, as they are read at the start.
   *
   * @throws IllegalArgumentException if one of them says nothing that an acceptor wrote
   */
  void recover(List<Entry> entries) {
    for (Entry entry : entries) {
      var found = EntryFormat.decode(entry.payload());
      become(found.key(), of(found.key()).recovered(found.written()));
    }
  }
}
