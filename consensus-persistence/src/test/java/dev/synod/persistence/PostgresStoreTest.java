package dev.synod.persistence;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("slow")
@Tag("process")
@ExtendWith(FreshPostgres.class)
@DisplayName("A store in PostgreSQL")
class PostgresStoreTest extends PersistenceStoreContract {

  PostgresStoreTest(Database database) {
    super(database);
  }
}
