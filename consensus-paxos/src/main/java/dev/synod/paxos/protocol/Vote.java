package dev.synod.paxos.protocol;

/** That a proposal was accepted: its ballot and its value. */
public record Vote<V>(Ballot ballot, V value) {

  @Override
  public String toString() {
    return value + "@" + ballot;
  }
}
