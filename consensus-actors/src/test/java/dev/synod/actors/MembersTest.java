package dev.synod.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.NodeAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The members that found a group")
class MembersTest {

  private static final NodeAddress N1 = new NodeAddress("n1", "pekko://shop@10.0.0.7:7355");
  private static final NodeAddress N2 = new NodeAddress("n2", "pekko://shop@10.0.0.8:7355");

  @Test
  @DisplayName("are read from one line of text")
  void parses() {
    assertThat(
            Members.parse("n1=pekko://shop@10.0.0.7:7355, n2 = pekko://shop@10.0.0.8:7355").nodes())
        .containsExactly(N1, N2);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "n1 | name=address",
        "'' | name=address",
        "n1=pekko://a@h:1,n1=pekko://a@h:2 | two members are called n1",
        "n1=pekko://a@h:1,n2=pekko://a@h:2 witness | 1 of 2 members would be witnesses",
        "n1=pekko://a@h:1 witness | 1 of 1 members would be witnesses",
        "n1=pekko://a@h:1,n2=pekko://a@h:1 | two members have the address pekko://a@h:1",
      })
  @DisplayName("are refused with a reason")
  void refused(String text, String reason) {
    assertThatThrownBy(() -> Members.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  @DisplayName("are witnesses where it says so")
  void witnesses() {
    var read =
        Members.parse("n1=pekko://a@h:1, n2=pekko://a@h:2 , n3=pekko://a@h:3  witness,n4=w:4");

    assertThat(read.witnesses()).containsExactly("n3");
    assertThat(read.isWitness("pekko://a@h:3")).isTrue();
    assertThat(read.isWitness("pekko://a@h:2")).isFalse();
    assertThat(read.isWitness("pekko://elsewhere")).isFalse();
    assertThat(new Members(read.nodes()).withWitnesses("n3")).isEqualTo(read);
    assertThat(read).asString().endsWith("witnesses [n3]");
    assertThatThrownBy(() -> Members.of(N1, N2).withWitnesses("n9"))
        .hasMessageContaining("witnesses are members");
  }

  @Test
  @DisplayName("are observers where it says so")
  void observers() {
    var read = Members.parse("n1=a:1,n2=a:2 observer,n3=a:3 ,n4=a:4,n5=a:5 witness");

    assertThat(read.observers()).containsExactly("n2");
    assertThat(read.isObserver("a:2")).isTrue();
    assertThat(read.isObserver("a:1")).isFalse();
    assertThat(read)
        .isEqualTo(new Members(read.nodes()).withWitnesses("n5").withObservers("n2"))
        .asString()
        .endsWith("witnesses [n5], observers [n2]");
    assertThatThrownBy(() -> Members.of(N1, N2).withObservers("n9"))
        .hasMessageContaining("observers are members");
    assertThatThrownBy(() -> Members.of(N1, N2).withObservers("n1", "n2"))
        .hasMessageContaining("others vote");
    assertThatThrownBy(() -> read.withObservers("n5")).hasMessageContaining("to be both");
    assertThatThrownBy(() -> read.withObservers("n1", "n2", "n3"))
        .hasMessageContaining("1 of 2 members would be witnesses");
  }

  @Test
  @DisplayName("are read in one go over the text, however long its blanks are")
  void blanks() {
    var blanks = " ".repeat(1_000_000);

    assertThat(Members.parse("n1" + blanks + "=a:1,n2=a:2,n3=a:3" + blanks + "witness"))
        .isEqualTo(Members.parse("n1=a:1,n2=a:2,n3=a:3 witness"));
  }

  @Test
  @DisplayName("are at least one")
  void atLeastOne() {
    assertThatThrownBy(() -> new Members(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 63");
  }

  @Test
  @DisplayName("complete a group's description, whose name is checked first")
  void groups() {
    var group = Group.of("adder", Adder::new).using(new OneCopy("one-copy")).on(N1, N2);

    assertThat(group.id().name()).isEqualTo("adder");
    assertThat(group.members().at(N2.address())).contains(N2);
    assertThatThrownBy(() -> Group.of("no/slashes", Adder::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no/slashes");
  }
}
