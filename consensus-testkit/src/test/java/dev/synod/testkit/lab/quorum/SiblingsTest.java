package dev.synod.testkit.lab.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.fault.Fault;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Preguiça et al.: "Dotted Version Vectors: Logical Clocks for Optimistic Replication", 2010. */
@DisplayName("A value with siblings")
class SiblingsTest {

  private static final List<String> REPLICAS = List.of("n1", "n2", "n3");

  /** n4 has written on the one side of a partition, n5 on the other, and it is over. */
  private static SiblingLab writtenOnBothSides() {
    var lab = new SiblingLab();
    var basket = lab.put("n4", "n1", "nothing", Context.NOTHING).context();
    var heal = new Fault.Partition("n1,n4 | n2,n3,n5").begin(lab.world());
    lab.put("n4", "n1", "milk", basket);
    lab.put("n5", "n2", "eggs", basket);
    heal.run();
    return lab;
  }

  @ParameterizedTest
  @ValueSource(strings = {"n4", "n5"})
  @DisplayName("keeps what was written on both sides of a partition, and no value of before")
  void bothSurface(String reader) {
    var lab = writtenOnBothSides();
    assertThat(lab.held("n1").values()).containsExactly("milk");
    assertThat(lab.held("n3").values()).containsExactly("eggs");

    var told = lab.get(reader);

    assertThat(told.values()).containsExactly("eggs", "milk");
  }

  @Test
  @DisplayName("is one again when somebody who has read all siblings writes")
  void resolved() {
    var lab = writtenOnBothSides();
    var both = lab.get("n4");

    lab.put("n4", "n3", "milk and eggs", both.context());

    assertThat(lab.get("n5").values()).containsExactly("milk and eggs");
    assertThat(REPLICAS)
        .allSatisfy(name -> assertThat(lab.held(name).values()).containsExactly("milk and eggs"));
  }

  @Test
  @DisplayName("loses nothing to a writer that has not seen it")
  void olderContext() {
    var lab = writtenOnBothSides();
    var milk = lab.held("n1").context();
    lab.get("n5");

    lab.put("n4", "n3", "butter", milk);

    assertThat(lab.get("n5").values()).containsExactly("butter", "eggs");
  }

  @Test
  @DisplayName("tells two clients' writes apart that the same replica takes with the same context")
  void sameReplica() {
    var lab = new SiblingLab();
    var basket = lab.put("n4", "n1", "nothing", Context.NOTHING).context();

    var first = lab.put("n4", "n1", "milk", basket);
    var second = lab.put("n5", "n1", "eggs", basket);

    assertThat(first.values()).containsExactly("milk");
    assertThat(second.values()).containsExactly("eggs", "milk");
    lab.put("n4", "n1", "butter", first.context());
    assertThat(lab.get("n5").values()).containsExactly("butter", "eggs");
  }
}
