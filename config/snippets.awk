# Prints a Markdown file with its snippets cut anew: the block after ```java snippet=<file>#<name>
# becomes the text between "// snippet: <name>" and "// end snippet" of that file, relative to root.
# What cannot be found is left as it is; the build complains of it.

function stripped(line) {
  gsub(/^[ \t]+|[ \t]+$/, "", line)
  return line
}

# Prints the snippet without the indentation that all its lines share; returns its number of lines.
function cut(file, name,    line, inside, count, indent, i, width, kept) {
  count = 0
  inside = 0
  indent = 1000
  while ((getline line < file) > 0) {
    if (!inside && stripped(line) == "// snippet: " name) {
      inside = 1
    } else if (inside && stripped(line) == "// end snippet") {
      break
    } else if (inside) {
      kept[++count] = line
      match(line, /^ */)
      if (stripped(line) != "" && RLENGTH < indent) indent = RLENGTH
    }
  }
  close(file)
  while (count > 0 && stripped(kept[count]) == "") count--
  for (i = 1; i <= count; i++) print substr(kept[i], indent + 1)
  return count
}

skipping {
  if (stripped($0) == "```") skipping = 0
  else next
}

{ print }

/^```java snippet=[^#]+#[^ ]+$/ {
  split(substr($0, length("```java snippet=") + 1), part, "#")
  skipping = cut(root "/" part[1], part[2]) > 0
}
