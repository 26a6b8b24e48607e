package dev.synod.persistence;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@DisplayName("A store in H2's file")
class H2StoreTest extends PersistenceStoreContract {

  H2StoreTest(@TempDir Path folder) {
    super(H2.in(folder));
  }
}
