package dev.synod.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("process")
@DisplayName("The commands ./dev and ./synod")
class CommandsTest {

  private static final Path ROOT =
      Path.of(System.getProperty("synod.root", "..")).toAbsolutePath().normalize();

  @TempDir Path folder;

  /** How a command ended and what it said, errors included. */
  private record Ended(int code, String said) {}

  @ParameterizedTest
  @ValueSource(strings = {"dev fast", "dev check", "dev fix", "synod demo"})
  @DisplayName("say in one sentence that the JDK is too old, and what to do")
  void oldJdk(String command) throws Exception {
    var ended = run(Map.of("JAVA_HOME", fakeJdk("11.0.2").toString()), command.split(" ", -1));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said().lines())
        .singleElement()
        .asString()
        .contains("JDK 17 or later", "11.0.2", "Install one", "JAVA_HOME");
  }

  @Test
  @DisplayName("know the version numbers of before Java 9")
  void veryOldJdk() throws Exception {
    var ended = run(Map.of("JAVA_HOME", fakeJdk("1.8.0_402").toString()), "synod", "demo");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said()).contains("1.8.0_402");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "synod"})
  @DisplayName("say that JAVA_HOME leads nowhere")
  void noJdkAtJavaHome(String script) throws Exception {
    var ended = run(Map.of("JAVA_HOME", folder.toString()), script, "fast");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said().lines()).singleElement().asString().contains("JAVA_HOME is " + folder);
  }

  @Test
  @DisplayName("say that there is no JDK at all")
  void noJdkAnywhere() throws Exception {
    var path = Files.createDirectory(folder.resolve("bin"));
    for (String tool : List.of("bash", "dirname", "readlink", "sed")) {
      executable(path.resolve(tool), "exec " + find(tool) + " \"$@\"");
    }

    var ended = run(Map.of("JAVA_HOME", "", "PATH", path.toString()), "synod", "demo");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said().lines()).singleElement().asString().contains("no javac is on the PATH");
  }

  @Test
  @DisplayName("./dev without arguments says what it can do")
  void help() throws Exception {
    var ended = run(Map.of(), "dev");

    assertThat(ended.code()).isZero();
    assertThat(ended.said()).contains("./dev fast", "./dev check", "./dev fix");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "fast --nonsense", "fast no-such-module"})
  @DisplayName("./dev refuses what it does not know")
  void unknown(String arguments) throws Exception {
    var command = new ArrayList<>(List.of("dev"));
    command.addAll(List.of(arguments.split(" ", -1)));

    var ended = run(Map.of(), command.toArray(String[]::new));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said()).isNotBlank();
  }

  /** A folder that looks like a JDK of that version. */
  private Path fakeJdk(String version) throws IOException {
    var bin = Files.createDirectories(folder.resolve("jdk/bin"));
    executable(bin.resolve("javac"), "exit 1");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
    return folder.resolve("jdk");
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path find(String tool) {
    return List.of(System.getenv("PATH").split(":", -1)).stream()
        .map(it -> Path.of(it, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private Ended run(Map<String, String> environment, String... command) throws Exception {
    var line = new ArrayList<>(List.of(command));
    line.set(0, ROOT.resolve(command[0]).toString());
    line.add(0, find("bash").toString());
    var said = folder.resolve("said");
    var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    try {
      assertThat(process.waitFor(30, SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(said, UTF_8));
  }
}
