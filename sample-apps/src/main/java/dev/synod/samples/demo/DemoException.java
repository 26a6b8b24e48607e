package dev.synod.samples.demo;

/** The demo can't do what was asked; the text says why, and what to do, to a person. */
public final class DemoException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DemoException(String text) {
    super(text);
  }

  public DemoException(String text, Throwable cause) {
    super(text, cause);
  }
}
