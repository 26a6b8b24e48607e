package dev.synod.samples.script;

/** A step did not go as the script says; the text says how, to a person. */
public final class ScriptFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ScriptFailure(String text) {
    super(text);
  }
}
