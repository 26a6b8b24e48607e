package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Operation;
import java.util.List;

/**
 * Why a promise is broken.
 *
 * @param text for a person, several lines
 * @param operations the operations that are to blame, the last straw last; for pictures
 */
public record Witness(String text, List<Operation> operations) {

  public Witness {
    operations = List.copyOf(operations);
  }
}
