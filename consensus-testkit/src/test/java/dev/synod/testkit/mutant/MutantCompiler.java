package dev.synod.testkit.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles one source against the class path; nothing is written to a disk. */
final class MutantCompiler {

  private MutantCompiler() {}

  /**
   * The classes that the source makes, by name.
   *
   * @throws IllegalArgumentException with the compiler's words if it does not compile
   */
  static Map<String, byte[]> compile(String className, String text) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    var options =
        List.of("-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn", "-g");
    try (var files = new InMemory(compiler.getStandardFileManager(null, null, null))) {
      var task =
          compiler.getTask(said, files, null, options, null, List.of(new Text(className, text)));
      if (!task.call()) {
        throw new IllegalArgumentException(className + " does not compile: " + said);
      }
      var classes = new HashMap<String, byte[]>();
      files.made.forEach((name, made) -> classes.put(name, made.bytes.toByteArray()));
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String className, String text) {
      super(URI.create("memory:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Made extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Made(String className) {
      super(URI.create("memory:///" + className + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Made> made = new HashMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return made.computeIfAbsent(className, Made::new);
    }
  }
}
