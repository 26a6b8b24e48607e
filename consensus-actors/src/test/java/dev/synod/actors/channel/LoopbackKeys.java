package dev.synod.actors.channel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A key for TLS on the loopback, signed by itself and trusted by whoever has it. */
final class LoopbackKeys {

  private static final String PASSWORD = "loopback";

  private LoopbackKeys() {}

  /** Makes one with the JDK's keytool; the settings by which the remoting uses it. */
  static String make(Path folder) {
    var store = folder.resolve("keys.p12").toString();
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                "node",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=" + LoopbackNode.HOST)
            .redirectErrorStream(true);
    try {
      var process = keytool.start();
      var said = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("keytool: " + said);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    return """
    pekko.remote.artery {
      transport = tls-tcp
      ssl.config-ssl-engine {
        key-store = "%1$s"
        trust-store = "%1$s"
        key-store-password = %2$s
        key-password = %2$s
        trust-store-password = %2$s
      }
    }
    """
        .formatted(store, PASSWORD);
  }
}
