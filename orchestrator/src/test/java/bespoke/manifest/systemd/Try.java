package bespoke.manifest.systemd;

import bespoke.manifest.*;
import bespoke.manifest.yaml.*;
import java.nio.file.*;
import java.util.*;

final class Try {
  public static void main(String[] a) throws Exception {
    var files = UnitDirectory.files(Arrays.stream(a).skip(1).map(Path::of).toList());
    for (var f : files)
      if (!new SystemdReader().recognizes(f)) System.out.println("NOT RECOGNIZED " + f.name());
    var read = new SystemdReader().read(files);
    int e = 0, ap = 0, d = 0, s = 0, en = 0;
    for (var f : read) {
      s += f.services().size();
      for (var x : f.services()) for (var i : x.instances()) if (i.enabled().orElse(false)) en++;
      f.problems().forEach(p -> System.out.println("PROBLEM " + p));
      if (a[0].contains("n")) f.notes().forEach(System.out::println);
      if (a[0].contains("d"))
        f.notes().stream()
            .filter(n -> n.fidelity() == Fidelity.DROPPED)
            .forEach(System.out::println);
      if (a[0].contains("y") && !f.services().isEmpty())
        System.out.println(YamlWriter.write(f.services()) + "---");
      for (var n : f.notes())
        switch (n.fidelity()) {
          case EXACT -> e++;
          case APPROXIMATED -> ap++;
          case DROPPED -> d++;
        }
    }
    System.out.println(
        files.size()
            + " files "
            + s
            + " services "
            + en
            + " enabled; exact "
            + e
            + " approximated "
            + ap
            + " dropped "
            + d);
  }
}
