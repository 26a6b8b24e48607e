package dev.synod.persistence;

import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.log.MemoryGroupLog;
import dev.synod.log.MemorySettings;
import dev.synod.persistence.JournalRecord.Appended;
import dev.synod.persistence.JournalRecord.Compacted;
import dev.synod.persistence.JournalRecord.Described;
import dev.synod.persistence.JournalRecord.Saved;
import dev.synod.persistence.JournalRecord.Truncated;

/** A log, made anew from its events. */
final class ReplayedLog {

  private final String persistenceId;
  private final GroupId group;
  private final MemorySettings settings;
  private MemoryGroupLog log;

  ReplayedLog(String persistenceId, GroupId group, MemorySettings settings) {
    this.persistenceId = persistenceId;
    this.group = group;
    this.settings = settings;
    this.log = new MemoryGroupLog(group, settings);
  }

  MemoryGroupLog log() {
    return log;
  }

  void replay(byte[] event) {
    var record = RecordFormat.decode(event, persistenceId);
    if (record instanceof Appended appended) {
      log.append(appended.entries());
    } else if (record instanceof Truncated truncated) {
      log.truncateFrom(truncated.index());
    } else if (record instanceof Saved saved) {
      log.save(saved.hardState());
    } else if (record instanceof Described described) {
      log.describe(described.description());
    } else if (record instanceof Compacted compacted) {
      replaceBy(compacted);
    }
  }

  private void replaceBy(Compacted compacted) {
    log = new MemoryGroupLog(group, settings);
    if (compacted.base().index() > LogPosition.ZERO.index()) {
      log.compactTo(compacted.base());
    }
    compacted.saved().ifPresent(log::save);
    compacted.description().ifPresent(log::describe);
    log.append(compacted.entries());
  }
}
