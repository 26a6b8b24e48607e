package dev.synod.architecture;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A source file as the compiler parses it. */
final class SyntaxTree {

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** One for all: to find its way in the JDK takes it longer than to parse a file. */
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, null);

  private final JavaSource source;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;

  private SyntaxTree(JavaSource source, CompilationUnitTree unit, SourcePositions positions) {
    this.source = source;
    this.unit = unit;
    this.positions = positions;
  }

  static SyntaxTree of(JavaSource source) {
    var task =
        (JavacTask)
            COMPILER.getTask(null, FILES, null, List.of(), null, List.of(new InMemory(source)));
    try {
      var unit = task.parse().iterator().next();
      return new SyntaxTree(source, unit, Trees.instance(task).getSourcePositions());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Methods and constructors of more lines, signature included, Javadoc not. */
  Stream<Finding> methodsOver(int linesMax) {
    var found = new ArrayList<Finding>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        long lines = lastLine(method) - firstLine(method) + 1;
        if (lines > linesMax) {
          found.add(new Finding(source.file(), method.getName() + " has " + lines + " lines"));
        }
        return super.visitMethod(method, null);
      }
    }.scan(unit, null);
    return found.stream();
  }

  /** Handlers that swallow a failure, or that catch what nobody can handle. */
  Stream<Finding> badHandlers() {
    var found = new ArrayList<Finding>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitCatch(CatchTree handler, Void nothing) {
        String where = "line " + firstLine(handler);
        if (handler.getParameter().getType().toString().equals("Throwable")) {
          found.add(new Finding(source.file(), where + " catches Throwable"));
        }
        if (handler.getBlock().getStatements().isEmpty()) {
          found.add(new Finding(source.file(), where + " swallows what it catches"));
        }
        return super.visitCatch(handler, null);
      }
    }.scan(unit, null);
    return found.stream();
  }

  private long firstLine(Tree tree) {
    return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
  }

  private long lastLine(Tree tree) {
    return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
  }

  /** The compiler's view of a source that is already in memory. */
  static final class InMemory extends SimpleJavaFileObject {

    private final String text;

    InMemory(JavaSource source) {
      super(URI.create("source:///" + source.file()), JavaFileObject.Kind.SOURCE);
      this.text = source.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
