package dev.synod.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.synod.actors.Members;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.core.GroupId;
import dev.synod.log.snapshot.FileSnapshots;
import dev.synod.raft.RaftSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Hostile words in names and settings are refused in words")
class WordsFuzzTest {

  private static final Config SYNOD = ConfigFactory.load().getConfig("synod");
  private static final List<String> KEYS =
      SYNOD.entrySet().stream().map(java.util.Map.Entry::getKey).sorted().toList();
  private static final List<String> VALUES =
      List.of("5", "64 MiB", "3 GiB", "-1", "10s", "9999999 days", "on", "");
  private static final Path FOLDER = Path.of("/data", FileSnapshots.FOLDER);

  static final Decoder GROUP_NAME = bytes -> group(text(bytes));
  static final Decoder MEMBERS = bytes -> Members.parse(text(bytes));
  static final Decoder SETTINGS = WordsFuzzTest::settings;

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A name that is accepted can be a file's, and never leads out of its folder. */
  private static Object group(String name) {
    var group = new GroupId(name);
    assertThat(name.length()).isLessThanOrEqualTo(GroupId.LENGTH_MAX);
    assertThat(FOLDER.resolve(name).normalize()).isEqualTo(FOLDER.resolve(name));
    assertThat(FOLDER.resolve(name).getParent()).isEqualTo(FOLDER);
    return group;
  }

  /** The first byte chooses the key, the rest is its value. */
  private static Object settings(byte[] bytes) {
    if (bytes.length == 0) {
      return "nothing";
    }
    var key = KEYS.get(Byte.toUnsignedInt(bytes[0]) % KEYS.size());
    var value = text(bytes).substring(1);
    try {
      var changed = SYNOD.withValue(key, ConfigValueFactory.fromAnyRef(value));
      return List.of(ConsensusSettings.from(changed), RaftSettings.from(changed.getConfig("raft")));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static Stream<byte[]> names() {
    return Stream.of("orders-7", "../../etc/passwd", "a/../b", "..", "a\0b", "x".repeat(200))
        .map(name -> name.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> members() {
    return Stream.of("n1=pekko://shop@10.0.0.7:7355,n2=pekko://shop@10.0.0.8:7355", "n1", "=,=")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> values() {
    return VALUES.stream().map(value -> setting(VALUES.indexOf(value), value));
  }

  private static byte[] setting(int key, String value) {
    return ((char) key + value).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  @DisplayName("so is each of them in every setting")
  void everySetting() {
    for (int key = 0; key < KEYS.size(); key++) {
      for (String value : VALUES) {
        SETTINGS.judge(setting(key, value));
      }
    }
  }

  @MethodSource("names")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void groupName(byte[] bytes) {
    GROUP_NAME.judge(bytes);
  }

  @MethodSource("members")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void membersText(byte[] bytes) {
    MEMBERS.judge(bytes);
  }

  @MethodSource("values")
  @FuzzTest(maxDuration = Fuzzing.DURATION)
  void settingsText(byte[] bytes) {
    SETTINGS.judge(bytes);
  }
}
