package dev.synod.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.jdbc.testkit.javadsl.SchemaUtils;

/**
 * A data base for the JDBC plugins.
 *
 * @param quote what stands around a table's name
 */
record Database(String profile, String driver, String url, String user, String quote) {

  /** The configuration of an actor system whose journal and snapshots are here. */
  Config config() {
    return ConfigFactory.parseString(
            """
            pekko.loglevel = ERROR
            pekko.persistence.journal.plugin = "jdbc-journal"
            pekko.persistence.snapshot-store.plugin = "jdbc-snapshot-store"
            jdbc-journal.use-shared-db = "slick"
            jdbc-snapshot-store.use-shared-db = "slick"
            pekko-persistence-jdbc.shared-databases.slick {
              profile = "%s"
              db { url = "%s", user = "%s", password = "", driver = "%s"
                   numThreads = 6, maxConnections = 6, minConnections = 1 }
            }
            synod.meters = off
            """
                .formatted(profile, url, user, driver))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  /** Makes the tables of the JDBC plugins; once. */
  void create(ActorSystem<?> system) {
    done(SchemaUtils.createIfNotExists(Adapter.toClassic(system)));
  }

  /** Events that are there, of all journals whose ids begin so. */
  long events(String idPrefix) {
    var query =
        ("select count(*) from %1$sevent_journal%1$s where %1$spersistence_id%1$s like ?"
                + " and not %1$sdeleted%1$s")
            .formatted(quote);
    try (var connection = connect();
        var statement = connection.prepareStatement(query)) {
      statement.setString(1, idPrefix + "%");
      try (var result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** No event can be written from now on. */
  void breakJournal() {
    var change = "alter table %1$sevent_journal%1$s rename to %1$sgone%1$s".formatted(quote);
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(change);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, "");
  }

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
