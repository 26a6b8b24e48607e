package dev.synod.testkit.lab.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Changing members one by one")
class SingleServerChangeTest {

  private static final Moves AS_FIRST_PUBLISHED = new Moves(false, 3, 3);
  private static final Moves OWN_TERM_FIRST = new Moves(true, 3, 4);

  @Test
  @Tag("slow")
  @DisplayName("as first published, commits two different entries in one place")
  void twoLeadersWithDisjointMajorities() {
    var found = new Search().contradiction(Group.ofFour(0), AS_FIRST_PUBLISHED);

    assertThat(found)
        .contains(
            List.of(
                "S1 is elected by {S1,S3,S4}",
                "S1 changes the members to {S1,S3,S4}",
                "S2 is elected by {S2,S3,S4}",
                "S1 is elected by {S1,S4}",
                "S1 writes a command",
                "S1's log gets to S4",
                "S2 changes the members to {S2,S3,S4}",
                "S2's log gets to S3"));
  }

  @Test
  @Tag("slow")
  @DisplayName(
      "never does once a leader commits an entry of its own term before it changes anything")
  void ownTermFirst() {
    var search = new Search();

    assertThat(search.contradiction(Group.ofFour(0), OWN_TERM_FIRST)).isEmpty();
    assertThat(search.states()).isEqualTo(88_541);
  }

  @Test
  @Tag("slow")
  @DisplayName("never does so with a fifth server that may be added, either")
  void ownTermFirstWithAStranger() {
    var search = new Search();

    assertThat(search.contradiction(Group.ofFour(1), OWN_TERM_FIRST)).isEmpty();
    assertThat(search.states()).isGreaterThan(200_000);
  }

  @Test
  @DisplayName("is refused before an own entry is committed, and allowed after")
  void changeWaits() {
    var smaller = Members.of(0, 2, 3);
    var elected = Group.ofFour(0).elected(0, Members.of(0, 2, 3), true);
    var committed = elected.replicated(0, 2).replicated(0, 3);
    var change = "S1 changes the members to " + smaller;

    assertThat(OWN_TERM_FIRST.from(elected)).noneMatch(move -> move.name().equals(change));
    assertThat(OWN_TERM_FIRST.from(committed)).anyMatch(move -> move.name().equals(change));
    assertThat(committed.appended(0, smaller).replicated(0, 2).committed())
        .contains(new Item(1, smaller));
  }
}
