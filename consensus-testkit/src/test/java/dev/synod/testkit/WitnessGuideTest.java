package dev.synod.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Members;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The guide's page on witnesses")
class WitnessGuideTest {

  @Test
  @DisplayName("names one in a line of text")
  void members() {
    // snippet: members
    var members =
        Members.parse(
            "n1=pekko://shop@10.1.0.7:7355,"
                + "n2=pekko://shop@10.2.0.7:7355,"
                + "n3=pekko://shop@10.3.0.7:7355 witness");
    // end snippet

    assertThat(members.witnesses()).containsExactly("n3");
  }
}
