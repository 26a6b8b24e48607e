package dev.synod.persistence;

import dev.synod.actors.Storage;
import dev.synod.log.LogException;
import dev.synod.log.LogStore;
import java.util.Optional;

/**
 * Keeps groups in Pekko Persistence: {@code keptIn(PersistentStorage.configured())}.
 *
 * @param chosen empty for those of the actor system, under {@code synod.persistence}
 */
public record PersistentStorage(Optional<PersistenceSettings> chosen) implements Storage {

  /** With the settings of the actor system. */
  public static PersistentStorage configured() {
    return new PersistentStorage(Optional.empty());
  }

  /** With these settings. */
  public static PersistentStorage with(PersistenceSettings settings) {
    return new PersistentStorage(Optional.of(settings));
  }

  @Override
  public LogStore open(Site site) {
    var settings = chosen.orElseGet(() -> PersistenceSettings.of(site.system()));
    try {
      return PersistenceStore.open(site.system(), settings);
    } catch (LogException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
