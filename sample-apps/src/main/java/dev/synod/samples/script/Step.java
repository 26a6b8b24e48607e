package dev.synod.samples.script;

import java.time.Duration;

/** What one line of a script does. */
public sealed interface Step {

  /** Does it, or throws a {@link ScriptFailure}. */
  void on(Stage stage);

  /** {@code add 5}: adds to the counter; must be acknowledged. */
  record Add(long amount) implements Step {
    @Override
    public void on(Stage stage) {
      stage.add(amount);
    }
  }

  /** {@code expect counter 15}: a linearizable read gives that. */
  record ExpectCounter(long value) implements Step {
    @Override
    public void on(Stage stage) {
      stage.expectCounter(value);
    }
  }

  /** {@code say ann hello there}: must be acknowledged. */
  record Say(String author, String text) implements Step {
    @Override
    public void on(Stage stage) {
      stage.say(author, text);
    }
  }

  /** {@code expect chat "hello"}: some message in the room is exactly that. */
  record ExpectChat(String text) implements Step {
    @Override
    public void on(Stage stage) {
      stage.expectChat(text);
    }
  }

  /** {@code kill n2}: kill -9. */
  record Kill(String node) implements Step {
    @Override
    public void on(Stage stage) {
      stage.kill(node);
    }
  }

  /**
   * {@code kill leader} or {@code kill leader of chat}: kill -9 of the node that leads the group.
   */
  record KillLeader(String group) implements Step {
    @Override
    public void on(Stage stage) {
      stage.killLeader(group);
    }
  }

  /** {@code restart n2}. */
  record Restart(String node) implements Step {
    @Override
    public void on(Stage stage) {
      stage.restart(node);
    }
  }

  /** {@code restart killed}: every node that does not run. */
  record RestartKilled() implements Step {
    @Override
    public void on(Stage stage) {
      stage.restartKilled();
    }
  }

  /** {@code wait leader}: until every group has a leader that runs. */
  record WaitLeader() implements Step {
    @Override
    public void on(Stage stage) {
      stage.waitLeader();
    }
  }

  /** {@code wait nodes}: until all nodes run and know a leader of every group. */
  record WaitNodes() implements Step {
    @Override
    public void on(Stage stage) {
      stage.waitNodes();
    }
  }

  /** {@code wait 2 s}. */
  record WaitTime(Duration time) implements Step {
    @Override
    public void on(Stage stage) {
      stage.waitTime(time);
    }
  }

  /** {@code load 4 clients 5 s}: they write in the background while the script goes on. */
  record StartLoad(int clients, Duration time) implements Step {
    @Override
    public void on(Stage stage) {
      stage.startLoad(clients, time);
    }
  }

  /** {@code wait load}: until the clients are done. */
  record WaitLoad() implements Step {
    @Override
    public void on(Stage stage) {
      stage.waitLoad();
    }
  }

  /** {@code verify}: waits for the load, then compares what was acknowledged with what is there. */
  record Verify() implements Step {
    @Override
    public void on(Stage stage) {
      stage.verify();
    }
  }
}
