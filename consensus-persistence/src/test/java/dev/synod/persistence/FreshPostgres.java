package dev.synod.persistence;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a data base of its own, all on one server for a class of tests. They are skipped,
 * with a message, where PostgreSQL is not installed.
 */
final class FreshPostgres implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

  private final AtomicInteger made = new AtomicInteger();
  private @Nullable PostgresServer server;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    var binaries = PostgresServer.installed();
    Assumptions.assumeTrue(
        binaries.isPresent(), "PostgreSQL is not installed here: no initdb and pg_ctl to run");
    server = PostgresServer.start(binaries.orElseThrow());
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Database.class;
  }

  @Override
  public Database resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (server == null) {
      throw new IllegalStateException("the server was not started");
    }
    var name = "test" + made.incrementAndGet();
    var first = server.database("postgres");
    try (var connection = DriverManager.getConnection(first.url(), first.user(), "");
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return server.database(name);
  }
}
