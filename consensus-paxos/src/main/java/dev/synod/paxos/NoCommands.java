package dev.synod.paxos;

import dev.synod.core.StateMachine;

/** Registers have no log of commands, so nothing that applies them. */
final class NoCommands implements StateMachine<String, String, String> {

  @Override
  public String apply(String command, Context context) {
    throw none();
  }

  @Override
  public String query(String query) {
    throw none();
  }

  @Override
  public String snapshot() {
    throw none();
  }

  @Override
  public void restore(String state) {
    throw none();
  }

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("registers run no commands");
  }
}
