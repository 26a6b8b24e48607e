package dev.synod.architecture;

/**
 * One place where a rule does not hold.
 *
 * @param place what an exception can name: a class's full name, or a file relative to the root
 * @param what what is wrong there, for a person
 */
record Finding(String place, String what) {

  @Override
  public String toString() {
    return place + ": " + what;
  }
}
