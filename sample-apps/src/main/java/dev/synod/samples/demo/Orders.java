package dev.synod.samples.demo;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells a demo that runs in another process to kill or start a node. */
public final class Orders {

  /** A node is started or dead within this, or something is wrong. */
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final HttpClient http;
  private final DemoFile demo;

  public Orders(HttpClient http, DemoFile demo) {
    this.http = http;
    this.demo = demo;
  }

  /** Kills the node with SIGKILL; a {@link DemoException} says why that can't be. */
  public void kill(String node) {
    send("kill/" + node);
  }

  /** Starts the node; a {@link DemoException} says why that can't be. */
  public void restart(String node) {
    send("restart/" + node);
  }

  private void send(String order) {
    var request =
        HttpRequest.newBuilder(demo.control().resolve(order))
            .header("Authorization", Control.authorization(demo.token()))
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new DemoException(response.body());
      }
    } catch (IOException e) {
      throw new DemoException("The demo does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("Interrupted.", e);
    }
  }
}
