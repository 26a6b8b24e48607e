package dev.synod.paxos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Pausing;
import dev.synod.paxos.rules.Result;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The story of Athens, Byzantium, Cyrene, Delphi and Ephesus, as the pattern books tell it. */
@DisplayName("Five cities decide on a name")
class PaxosTraceTest {

  private final Assembly cities =
      new Assembly("Athens", "Byzantium", "Cyrene", "Delphi", "Ephesus");

  /** Alice is accepted by two of five, elanor by the other three; both who asked crash. */
  private void elanorIsChosen() {
    cities.wants("Athens", "alice");
    cities.prepares("Athens", "Athens", "Byzantium", "Cyrene");
    cities.wants("Ephesus", "elanor");
    cities.prepares("Ephesus", "Cyrene", "Delphi", "Ephesus");
    cities.accepts("Athens", "Athens", "Byzantium", "Cyrene");
    cities.crash("Athens");
    cities.accepts("Ephesus", "Ephesus", "Delphi", "Cyrene");
    cities.crash("Ephesus");
  }

  @Test
  @DisplayName("two accepted alice and were refused by Cyrene: alice is not chosen, elanor is")
  void theHigherBallotWins() {
    elanorIsChosen();

    assertThat(cities.acceptor("Byzantium").vote()).map(Vote::value).contains("alice");
    assertThat(cities.acceptor("Cyrene").vote()).map(Vote::value).contains("elanor");
    assertThat(cities.learned()).contains("elanor");
    assertThat(cities.result("Ephesus"))
        .isEqualTo(new Result.Chosen<>(cities.proposer("Ephesus").ballot(), "elanor", true));
  }

  @Test
  @DisplayName("who wants carol afterwards finds alice and elanor, and proposes elanor")
  void carolIsNeverChosen() {
    elanorIsChosen();

    cities.wants("Byzantium", "carol");
    cities.prepares("Byzantium", "Byzantium", "Cyrene");
    assertThat(cities.proposer("Byzantium").ballot().round()).isEqualTo(1);
    cities.triesAgain("Byzantium", 1);
    cities.prepares("Byzantium", "Byzantium", "Cyrene", "Delphi");

    assertThat(cities.proposed("Byzantium")).isEqualTo("elanor");
    cities.accepts("Byzantium", "Byzantium", "Cyrene", "Delphi");
    assertThat(cities.learned()).contains("elanor");
  }

  @Test
  @DisplayName("nor when both crashed cities are back and one of them wants carol")
  void alsoAfterBothReturn() {
    elanorIsChosen();
    cities.restart("Athens");
    cities.restart("Ephesus");

    cities.wants("Athens", "carol");
    cities.prepares("Athens", "Athens", "Byzantium", "Ephesus");

    assertThat(cities.proposed("Athens")).isEqualTo("elanor");
    cities.accepts("Athens", "Athens", "Byzantium", "Ephesus");
    assertThat(cities.acceptor("Athens").vote()).map(Vote::value).contains("elanor");
    assertThat(cities.learned()).contains("elanor");
  }

  @Test
  @DisplayName("a city that restarts between its promise and an accept keeps the promise")
  void thePromiseHolds() {
    cities.wants("Athens", "alice");
    cities.prepares("Athens", "Athens", "Byzantium", "Cyrene");
    cities.wants("Ephesus", "elanor");
    cities.prepares("Ephesus", "Cyrene");
    var promised = cities.acceptor("Cyrene").promised();

    cities.crash("Cyrene");
    cities.restart("Cyrene");
    cities.accepts("Athens", "Cyrene");

    assertThat(cities.acceptor("Cyrene").promised()).isEqualTo(promised);
    assertThat(cities.acceptor("Cyrene").vote()).isEqualTo(Optional.empty());
  }

  @Test
  @DisplayName("a city that restarts uses no ballot again")
  void ballotsAreUsedOnce() {
    cities.wants("Athens", "alice");
    var first = cities.proposer("Athens").ballot();

    cities.restart("Athens");
    cities.wants("Athens", "carol");

    assertThat(cities.proposer("Athens").ballot().isAfter(first)).isTrue();
  }

  @Test
  @DisplayName("a city that is refused in phase 1 pauses")
  void refused() {
    cities.wants("Ephesus", "elanor");
    cities.prepares("Ephesus", "Byzantium", "Cyrene");
    cities.wants("Athens", "alice");
    cities.prepares("Athens", "Cyrene");

    assertThat(cities.proposer("Athens")).isInstanceOf(Pausing.class);
  }
}
