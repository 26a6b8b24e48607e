# Sourced by ./dev and ./synod: finds the JDK and Maven. Needs $root, the folder of this checkout.
# shellcheck shell=bash

jdk_oldest=17

# One sentence on standard error, then out.
die() {
  printf '%s\n' "$*" >&2
  exit 2
}

# The number that a "17.0.15" or "1.8.0_402" begins with: 17, 8.
major_of() {
  local version=${1#1.}
  printf '%s' "${version%%[!0-9]*}"
}

# Sets JAVA_HOME and jdk_major, or says in one sentence what is missing.
need_jdk() {
  local how="Install one (Debian, Ubuntu: apt install openjdk-17-jdk; macOS: brew install openjdk@17) \
or set JAVA_HOME to one that you have."
  local javac version=
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/javac" ] ||
      die "JAVA_HOME is $JAVA_HOME, but there is no JDK (no bin/javac). $how"
    javac=$JAVA_HOME/bin/javac
  else
    javac=$(command -v javac) ||
      die "Synod needs a JDK $jdk_oldest or later, and no javac is on the PATH. $how"
    javac=$(readlink -f "$javac" 2>/dev/null || printf '%s' "$javac")
    JAVA_HOME=${javac%/bin/javac}
  fi
  if [ -r "$JAVA_HOME/release" ]; then # quicker than to ask it
    version=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$JAVA_HOME/release")
  fi
  if [ -z "$version" ]; then
    version=$("$javac" -version 2>&1 | sed -n 's/^javac //p')
  fi
  jdk_major=$(major_of "$version")
  [ -n "$jdk_major" ] || die "Cannot tell the version of the JDK in $JAVA_HOME. $how"
  [ "$jdk_major" -ge "$jdk_oldest" ] ||
    die "Synod needs a JDK $jdk_oldest or later, but the one in $JAVA_HOME is $version. $how"
  if [ -x "$JAVA_HOME/bin/java" ]; then export JAVA_HOME; else unset JAVA_HOME; fi
}

# Succeeds if an installed Maven is 3.8 or later.
has_maven() {
  local version
  command -v mvn >/dev/null || return 1
  version=$(mvn -B -v 2>/dev/null | sed -n 's/^[^A]*Apache Maven \([0-9][0-9.]*\).*/\1/p')
  case $version in
    3.[89].* | 3.[89] | 3.[1-9][0-9]* | [4-9]*) return 0 ;;
    *) return 1 ;;
  esac
}

# Runs Maven in $root: an installed one that will do, else the wrapper's.
# MAVEN_ARGS is passed on, which Maven 3.8 does not do by itself.
maven() {
  local more=${MAVEN_ARGS:-}
  if [ -z "${maven_command:-}" ]; then
    if has_maven; then maven_command=mvn; else maven_command=$root/mvnw; fi
  fi
  # shellcheck disable=SC2086 # several arguments in one variable
  (cd "$root" && MAVEN_ARGS='' "$maven_command" -B -ntp $more "$@")
}

# What Maven complained of in that log, each complaint with the lines that belong to it, without its
# advice and without stack frames; fails if there is nothing.
maven_errors() {
  awk '
    /^\[(ERROR|WARNING)\]/ {
      wanted = !seen[$0]++ && !/Help [0-9]|[Rr]e-run Maven|stack trace of the err|For more information/ &&
        !/ -rf :|spotless:apply|correcting the problems|^\[ERROR\] *$|There are test failures/
      follow = wanted ? 20 : 0
      if (wanted) { print; found = 1 }
      next
    }
    /^\[/ { follow = 0; next }
    /^[ \t]+at / || /^ *$/ { next }
    follow-- > 0
    END { exit !found }' "$1" | tail -n 80
}
