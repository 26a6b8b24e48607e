package dev.synod.persistence;

import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.log.LogException;
import dev.synod.log.LogStore;
import dev.synod.log.snapshot.Snapshots;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A node's groups in Pekko Persistence. The store's identity is a record of a journal of its own,
 * written once, as a data directory's is a file.
 */
final class PersistenceStore implements LogStore {

  /** Ids of journals begin with this and the store's name. */
  private static final String PREFIX = "synod|";

  private static final GroupId IDENTITY = new GroupId("store-identity");

  private final Plugins plugins;
  private final PersistenceSettings settings;
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Map<GroupId, JournaledGroupLog> groups = new HashMap<>();
  private final Map<GroupId, PersistentSnapshots> snapshots = new HashMap<>();
  private final JournaledGroupLog identityLog;
  private final StoreId store;

  private PersistenceStore(Plugins plugins) {
    this.plugins = plugins;
    this.settings = plugins.settings();
    this.identityLog = open(IDENTITY, PREFIX + settings.storeName() + "|store");
    this.store = identify(identityLog);
  }

  /**
   * Reads the store's identity, or founds the store.
   *
   * @throws LogException if the journal can't be used
   */
  static PersistenceStore open(ActorSystem<?> system, PersistenceSettings settings) {
    return new PersistenceStore(new Plugins(system, settings));
  }

  @Override
  public StoreId storeId() {
    return store;
  }

  @Override
  public synchronized GroupLog group(GroupId id) {
    var known = groups.get(id);
    if (known == null) {
      known = open(id, idOf(id, "log"));
      groups.put(id, known);
    }
    return known;
  }

  @Override
  public synchronized Snapshots snapshots(GroupId id) {
    return snapshots.computeIfAbsent(
        id, group -> new PersistentSnapshots(group, idOf(group, "state"), plugins));
  }

  @Override
  public boolean forgets() {
    return false;
  }

  @Override
  public synchronized void close() {
    var closing =
        Stream.concat(groups.values().stream(), Stream.of(identityLog))
            .filter(log -> !log.isFailed())
            .map(PersistenceStore::close)
            .toArray(CompletableFuture<?>[]::new);
    groups.clear();
    plugins.await(
        CompletableFuture.allOf(closing),
        settings.closeTimeout(),
        "closing the store " + settings.storeName());
  }

  private static CompletableFuture<Void> close(JournaledGroupLog log) {
    var closed = new CompletableFuture<Void>();
    log.journal().tell(new GroupJournal.Close(closed), ActorRef.noSender());
    return closed;
  }

  private JournaledGroupLog open(GroupId id, String persistenceId) {
    var confirmations = new Confirmations(id, queuedBytes);
    var journal =
        plugins.spawn(
            GroupJournal.class,
            () -> new GroupJournal(plugins, persistenceId, id, confirmations),
            cause -> confirmations.failed("its journal can't be used: " + cause.getMessage()));
    var log =
        plugins.await(
            confirmations.whenRecovered(),
            settings.recoveryTimeout(),
            "reading the journal " + persistenceId);
    return new JournaledGroupLog(
        log, journal, queuedBytes, settings.queuedBytesMax(), confirmations);
  }

  private StoreId identify(JournaledGroupLog log) {
    var known = log.description();
    if (known.isPresent()) {
      return StoreId.parse(known.get().asUtf8());
    }
    var fresh = StoreId.random(new SecureRandom());
    var written = new CompletableFuture<Void>();
    log.listener(new Written(written));
    log.describe(Bytes.utf8(fresh.uuid().toString()));
    plugins.await(
        written, settings.recoveryTimeout(), "founding the store " + settings.storeName());
    return fresh;
  }

  /** What an earlier store of the same name has left is not taken for what this one promised. */
  private String idOf(GroupId group, String part) {
    return PREFIX + settings.storeName() + "|" + group.name() + "|" + part + "|" + store.uuid();
  }
}
