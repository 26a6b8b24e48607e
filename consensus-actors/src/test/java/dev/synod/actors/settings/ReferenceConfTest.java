package dev.synod.actors.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.log.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("reference.conf")
class ReferenceConfTest {

  private static final Pattern PARAM =
      Pattern.compile("@param (\\w+) (.*?)(?=@param|\\*/)", Pattern.DOTALL);

  private static final Config SYNOD = ConfigFactory.load().getConfig("synod");

  @ParameterizedTest(name = "synod.{0}")
  @CsvSource({
    "channel, consensus-actors/src/main/java/dev/synod/actors/channel/ChannelSettings.java",
    "node, consensus-actors/src/main/java/dev/synod/actors/node/NodeSettings.java",
    "client, consensus-actors/src/main/java/dev/synod/actors/client/ClientSettings.java",
    "applier, consensus-actors/src/main/java/dev/synod/actors/replica/ApplierSettings.java",
    "snapshot-transfer,"
        + " consensus-actors/src/main/java/dev/synod/actors/transfer/TransferSettings.java",
    "watch, consensus-actors/src/main/java/dev/synod/actors/watch/WatchSettings.java",
    "log, consensus-log/src/main/java/dev/synod/log/LogSettings.java",
  })
  @DisplayName("says of each setting what its record says")
  void saysWhatTheRecordSays(String section, Path source) throws IOException {
    assertThat(commentsOf(SYNOD.getConfig(section))).isEqualTo(paramsOf(source));
  }

  @ParameterizedTest(name = "synod.{0}")
  @CsvSource({
    "raft, consensus-raft, dev/synod/raft/RaftSettings.java",
    "paxos, consensus-paxos, dev/synod/paxos/PaxosSettings.java",
    "paxos.multi, consensus-paxos, dev/synod/paxos/MultiPaxosSettings.java",
    "zab, consensus-zab, dev/synod/zab/ZabSettings.java",
  })
  @DisplayName("of a protocol says of each setting what its record says")
  void saysWhatProtocolsSay(String section, Path module, Path record) throws IOException {
    var file = root().resolve(module).resolve("src/main/resources/reference.conf");
    var settings = ConfigFactory.parseFile(file.toFile()).getConfig("synod." + section);

    assertThat(commentsOf(settings))
        .isEqualTo(paramsOf(module.resolve("src/main/java").resolve(record)));
  }

  @Test
  @DisplayName("says of what stands above the sections what the record says")
  void saysWhatTheTopSays() throws IOException {
    var top = commentsOf(SYNOD);
    top.keySet().retainAll(Set.of("data-directory", "command-bytes-max", "meters", "transport"));

    assertThat(top)
        .isEqualTo(
            paramsOf(
                Path.of(
                    "consensus-actors/src/main/java/dev/synod/actors/node",
                    "ConsensusSettings.java")));
  }

  @Test
  @DisplayName("gives the defaults that the log has")
  void logDefaults() {
    var settings = ConsensusSettings.from(SYNOD);

    assertThat(settings.log()).isEqualTo(LogSettings.STANDARD);
  }

  private static Map<String, String> commentsOf(Config section) {
    var comments = new TreeMap<String, String>();
    section
        .root()
        .forEach(
            (name, value) -> {
              if (!(value instanceof ConfigObject)) { // a section of its own
                comments.put(name, String.join(" ", value.origin().comments()).strip());
              }
            });
    comments.replaceAll((name, text) -> text.replaceAll("\\s+", " "));
    return comments;
  }

  private static Map<String, String> paramsOf(Path source) throws IOException {
    var text = Files.readString(root().resolve(source));
    var params = new TreeMap<String, String>();
    var matcher = PARAM.matcher(text.substring(0, text.indexOf("public record")));
    while (matcher.find()) {
      params.put(kebab(matcher.group(1)), plain(matcher.group(2)));
    }
    return params;
  }

  private static String plain(String javadoc) {
    return javadoc
        .replaceAll("\\n \\*", " ")
        .replaceAll("\\{@code\\s+([^}]*)}", "$1")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Tests run in their module's folder, or in that of the whole project. */
  private static Path root() {
    var here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("consensus-actors")) ? here : here.getParent();
  }
}
