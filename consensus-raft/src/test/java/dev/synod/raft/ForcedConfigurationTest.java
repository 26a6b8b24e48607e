package dev.synod.raft;

import static dev.synod.raft.RaftFixture.S1;
import static dev.synod.raft.RaftFixture.S2;
import static dev.synod.raft.RaftFixture.log;
import static dev.synod.raft.RaftFixture.server;
import static dev.synod.raft.RaftFixture.term;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Configuration;
import dev.synod.core.EntryKind;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.ForcedConfiguration;
import dev.synod.raft.rules.TermState;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A forced configuration")
class ForcedConfigurationTest {

  private static final UUID CHANGE = new UUID(6, 9);
  private static final Term AFTER = term(Term.ERA);
  private static final TermState STATE = TermState.notVotedIn(term(4)).votingFor(S2);

  @Test
  @DisplayName("has a term that old members never reach, and one member, behind all that it has")
  void alone() {
    var effects = ForcedConfiguration.alone(server(S1, 5, log(1, 1, 2)), STATE, CHANGE);

    assertThat(effects.get(0)).isEqualTo(new Effect.Save(TermState.notVotedIn(AFTER)));
    var entries = ((Effect.Append) effects.get(1)).entries();
    assertThat(entries).hasSize(1);
    var entry = entries.get(0);
    assertThat(entry.index()).isEqualTo(4);
    assertThat(entry.term()).isEqualTo(AFTER);
    assertThat(entry.kind()).isEqualTo(EntryKind.CONFIGURATION);
    var forced = Configuration.decode(entry.payload());
    assertThat(forced.version()).isEqualTo(2);
    assertThat(forced.isChanging()).isFalse();
    assertThat(forced.voters()).extracting(Member::store).containsExactly(S1);
    assertThat(forced.members()).hasSize(1);
  }

  @Test
  @DisplayName("is forced again in a later term than the first time")
  void twice() {
    var state = TermState.notVotedIn(AFTER.next());

    var effects = ForcedConfiguration.alone(server(S1, 1, log(1)), state, CHANGE);

    assertThat(effects.get(0)).isEqualTo(new Effect.Save(TermState.notVotedIn(AFTER.nextEra())));
  }

  @Test
  @DisplayName("can't be forced by who is no member")
  void outsider() {
    var outsider = server(StoreId.of(9), 3, log(1));

    assertThatThrownBy(() -> ForcedConfiguration.alone(outsider, STATE, CHANGE))
        .hasMessageContaining("none of the members");
  }
}
