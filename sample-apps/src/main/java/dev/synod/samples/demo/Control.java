package dev.synod.samples.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.synod.samples.node.NodeSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Takes orders from other commands: {@code POST /kill/n1} and {@code POST /restart/n1}, each with
 * the token of {@code demo.json}. The nodes' processes belong to the demo, so only it can kill and
 * start them.
 */
final class Control implements AutoCloseable {

  private static final Pattern PATH = Pattern.compile("/(kill|restart)/(n[0-9])");

  /** Orders that wait for the one before. */
  private static final int BACKLOG = 8;

  private final Demo demo;
  private final byte[] authorization;
  private final HttpServer server;
  private final ExecutorService thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(BACKLOG),
          task -> new Thread(task, "demo-control"));

  private Control(Demo demo, String token, HttpServer server) {
    this.demo = demo;
    authorization = authorization(token).getBytes(StandardCharsets.UTF_8);
    this.server = server;
  }

  static Control start(Demo demo, String token) {
    try {
      var server = HttpServer.create(new InetSocketAddress(NodeSettings.loopback(), 0), BACKLOG);
      var control = new Control(demo, token, server);
      server.createContext("/", control::handle);
      server.setExecutor(control.thread);
      server.start();
      return control;
    } catch (IOException e) {
      throw new DemoException("The demo's control port can't be opened: " + e.getMessage(), e);
    }
  }

  /** The header's value that goes with an order. */
  static String authorization(String token) {
    return "Bearer " + token;
  }

  URI url() {
    return URI.create(
        "http://" + NodeSettings.LOOPBACK + ":" + server.getAddress().getPort() + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    var shown = exchange.getRequestHeaders().getFirst("Authorization");
    var order = PATH.matcher(exchange.getRequestURI().getPath());
    if (shown == null
        || !MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), authorization)) {
      answer(exchange, 403, "An order needs the token of demo.json.");
    } else if (!exchange.getRequestMethod().equals("POST") || !order.matches()) {
      answer(exchange, 404, "Orders are POST /kill/n1 and POST /restart/n1.");
    } else {
      try {
        obey(order.group(1), order.group(2));
        answer(exchange, 200, "");
      } catch (DemoException e) {
        answer(exchange, 409, String.valueOf(e.getMessage()));
      }
    }
  }

  private void obey(String order, String node) {
    if (order.equals("kill")) {
      demo.kill(node);
    } else {
      demo.restart(node);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdown();
  }
}
