package dev.synod.persistence;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("slow")
@Tag("process")
@ExtendWith(FreshPostgres.class)
@DisplayName("Raft in PostgreSQL")
class PostgresRaftTest extends RaftOnPersistence {

  PostgresRaftTest(Database database) {
    super(database);
  }
}
