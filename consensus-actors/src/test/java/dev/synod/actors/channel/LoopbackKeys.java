package dev.synod.actors.channel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key for TLS on the loopback, signed by itself and trusted by whoever has it.
 *
 * @param store the file
 */
record LoopbackKeys(File store) {

  private static final String PASSWORD = "loopback";

  /** Makes one with the JDK's keytool. */
  static LoopbackKeys make(Path folder) {
    var store = folder.resolve("keys.p12").toFile();
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command = new ArrayList<>(List.of(keytool, "-genkeypair", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD, "-dname", "CN=" + LoopbackNode.HOST));
    command.addAll(List.of("-storetype", "PKCS12", "-alias", "node", "-keyalg", "EC"));
    try {
      var running = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(running.getInputStream().readAllBytes());
      if (!running.waitFor(60, TimeUnit.SECONDS) || running.exitValue() != 0) {
        throw new AssertionError("keytool: " + said);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    return new LoopbackKeys(store);
  }

  /** By which the remoting uses it. */
  String settings() {
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

  /** The protocol that somebody with the same key agrees on with whoever listens there. */
  String protocolAt(int port) throws IOException {
    try (var socket =
        (SSLSocket) context().getSocketFactory().createSocket(LoopbackNode.HOST, port)) {
      socket.setSoTimeout(30_000);
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  private SSLContext context() throws IOException {
    try {
      var keys = KeyStore.getInstance(store, PASSWORD.toCharArray());
      var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, PASSWORD.toCharArray());
      var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(keys);
      var context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
