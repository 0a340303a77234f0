package bespoke.daemon;

import bespoke.model.Fmri;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Counts of a bundle, taken from the document itself with nothing of the reader, or from what a
/// repository holds.
///
/// @param properties those of property groups; what methods, dependencies, contexts and templates
///   are made of is not among them
record SmfCounts(
    int services, int instances, int dependencies, int dependents, int methods, int properties) {

  private static final Set<String> NOT_COUNTED =
      Set.of("dependency", "method", "notify_params", "template");
  private static final Set<String> LISTENING = Set.of("listen", "accept", "handover", "max_copies");
  private static final Set<String> TIMES = Set.of("period", "delay", "jitter", "recover");
  private static final Set<String> GENERAL =
      Set.of("enabled", "restarter", "single_instance", "entity_stability");

  /// Counts the elements of a document; what is there twice by name is one.
  static SmfCounts of(Path file) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setEntityResolver((_, _) -> new InputSource(new StringReader("")));
      Names names = new Names();
      names.visit(builder.parse(file.toFile()).getDocumentElement(), "", "");
      return names.counts();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }

  /// Counts what is described.
  static SmfCounts of(List<ServiceDescription> services) {
    Names names = new Names();
    for (ServiceDescription service : services) {
      names.services.add(service.fmri().service());
      names.level(service.fmri(), service.groups(), service.dependents());
      for (InstanceDescription instance : service.instances()) {
        Fmri fmri = service.fmri().instance(instance.name());
        names.instances.add(fmri.toString());
        names.level(fmri, instance.groups(), instance.dependents());
      }
    }
    return names.counts();
  }

  /// Whether only somebody's dependent made the group.
  private static boolean isExternal(PropertyGroup group) {
    return group.single("external").orElse("").equals("true");
  }

  private static final class Names {
    final Set<String> services = new HashSet<>();
    final Set<String> instances = new HashSet<>();
    final Set<String> dependencies = new HashSet<>();
    final Set<String> dependents = new HashSet<>();
    final Set<String> methods = new HashSet<>();
    final Set<String> properties = new HashSet<>();

    SmfCounts counts() {
      return new SmfCounts(
          services.size(),
          instances.size(),
          dependencies.size(),
          dependents.size(),
          methods.size(),
          properties.size());
    }

    void visit(Element element, String entity, String group) {
      String name = element.getAttribute("name").replaceFirst("^inetd_start$", "start");
      String here = entity;
      String within = group;
      boolean gone = element.getAttribute("delete").equals("true");
      switch (gone ? "gone" : element.getTagName()) {
        case "service" -> {
          here = "svc:/" + name;
          services.add(name);
        }
        case "instance" -> {
          here = entity + ":" + name;
          instances.add(here);
        }
        case "create_default_instance" -> instances.add(entity + ":default");
        case "dependency" -> dependencies.add(entity + " " + name);
        case "dependent" -> dependents.add(entity + " " + name);
        case "exec_method" -> methods.add(entity + " " + name);
        case "property_group" -> {
          String type = element.getAttribute("type");
          within = NOT_COUNTED.contains(type) || name.equals("method_context") ? "" : name;
        }
        case "propval", "property" -> {
          boolean own =
              group.equals("general") && GENERAL.contains(name)
                  || group.equals("inetd") && LISTENING.contains(name);
          if (!group.isEmpty() && !own) {
            properties.add(entity + " " + group + "/" + name);
          }
        }
        case "periodic_method" -> {
          if (methods.add(entity + " start")) {
            TIMES.stream()
                .filter(element::hasAttribute)
                .forEach(time -> properties.add(entity + " periodic/" + time));
          }
        }
        case "scheduled_method" -> {
          if (methods.add(entity + " start")) {
            properties.add(entity + " scheduled/calendar");
          }
        }
        case "gone" -> within = "";
        default -> {}
      }
      for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
        if (child instanceof Element part) {
          visit(part, here, within);
        }
      }
    }

    void level(Fmri fmri, PropertyGroups groups, List<Dependent> added) {
      added.forEach(dependent -> dependents.add(fmri + " " + dependent.dependency().name()));
      for (PropertyGroup group : groups.byName().values()) {
        if (isExternal(group) || group.name().equals("dependents")) {
          continue;
        }
        switch (group.type()) {
          case "dependency" -> dependencies.add(fmri + " " + group.name());
          case "method" -> methods.add(fmri + " " + group.name());
          default -> {
            boolean counted =
                !NOT_COUNTED.contains(group.type())
                    && !group.type().startsWith("template")
                    && !group.name().equals("method_context");
            if (counted) {
              group.properties().values().forEach(property -> property(fmri, group, property));
            }
          }
        }
      }
    }

    private void property(Fmri fmri, PropertyGroup group, Property property) {
      boolean own =
          group.name().equals("general") && GENERAL.contains(property.name())
              || property.name().equals("stability")
              || group.name().equals("inetd") && LISTENING.contains(property.name());
      if (!own) {
        properties.add(fmri + " " + group.name() + "/" + property.name());
      }
    }
  }
}
