package dev.synod.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.synod.actors.Group;
import dev.synod.actors.node.ConsensusNode;
import dev.synod.raft.Raft;
import dev.synod.raft.RaftSettings;
import dev.synod.testkit.Total;
import dev.synod.testkit.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A node that is to host a group")
class HostingTest {

  private static final Config WRONG =
      ConfigFactory.parseString("synod.raft.heartbeat-interval = 10s")
          .withFallback(GroupSettings.smallLogs());

  private final List<ConsensusNode> nodes = new ArrayList<>();
  private final World world = new World(1, 2, WRONG, machine -> nodes.add(Nodes.start(machine)));

  @Test
  @DisplayName("refuses wrong settings of its protocol, whether it founds or joins, and names them")
  void wrongSettings() {
    world.bootAll();
    var founded = Group.of("total", Total::new).using(Raft.protocol()).on(Nodes.members(1));

    assertThatThrownBy(() -> nodes.get(0).start(founded))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.raft.heartbeat-interval");
    assertThatThrownBy(() -> nodes.get(1).join(founded, "n2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.raft.heartbeat-interval");
  }

  @Test
  @DisplayName("hosts a group that it refused before, once its settings are right")
  void refusedBefore() {
    world.bootAll();
    var one = nodes.get(0);
    var total = Group.of("total", Total::new);
    var usual = RaftSettings.from(ConfigFactory.load().getConfig("synod.raft"));
    var members = Nodes.members(1);
    assertThatThrownBy(() -> one.start(total.using(Raft.protocol()).on(members)))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(one.start(total.using(Raft.protocol(usual)).on(members)).id()).isEqualTo(total.id());
  }
}
