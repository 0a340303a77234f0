package bespoke.delegate;

import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.Request;
import bespoke.api.Wire;
import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks the daemon for the property groups of services and instances.
///
/// @param socket the daemon's control socket
public record OwnedProperties(Path socket) {
  private static final String ENTITY = "entity";

  /// The composed groups of an instance's running snapshot.
  ///
  /// @return empty when there is no such instance
  /// @throws IOException if the daemon cannot be asked
  public Optional<PropertyGroups> running(String instance) throws IOException {
    return ask(instance, "running");
  }

  /// The composed groups of an instance as they are edited now.
  ///
  /// @return empty when there is no such instance
  /// @throws IOException if the daemon cannot be asked
  public Optional<PropertyGroups> editing(String instance) throws IOException {
    return ask(instance, "composed");
  }

  /// A service's own groups.
  ///
  /// @return empty when there is no such service
  /// @throws IOException if the daemon cannot be asked
  public Optional<PropertyGroups> own(String service) throws IOException {
    return ask(service, "own");
  }

  private Optional<PropertyGroups> ask(String operand, String view) throws IOException {
    Request request = new ConfigurationRequest.Properties(List.of(operand), view, "");
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
      ByteBuffer line = ByteBuffer.wrap(request.toLine());
      while (line.hasRemaining()) {
        int _ = channel.write(line);
      }
      Optional<PropertyGroups> found = Optional.empty();
      for (String answer = in.readLine(); answer != null; answer = in.readLine()) {
        if (answer.length() > Wire.REPLY_BYTES_MAX) {
          throw new IOException("an answer is longer than " + Wire.REPLY_BYTES_MAX + " characters");
        }
        JsonObject object = JsonObject.parse(answer.getBytes(StandardCharsets.UTF_8));
        if (object.firstName().equals("outcome")) {
          return found;
        }
        if (object.firstName().equals(ENTITY)) {
          found = Optional.of(groups(ConfiguredEntity.from(object.object(ENTITY))));
        }
      }
      throw new IOException("the daemon closed the connection");
    } catch (JsonException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static PropertyGroups groups(ConfiguredEntity entity) {
    List<PropertyGroup> groups = new ArrayList<>();
    for (PropertyGroupRecord group : entity.groups()) {
      List<Property> properties = new ArrayList<>();
      for (PropertyRecord property : group.properties()) {
        PropertyType type = PropertyType.named(property.type());
        properties.add(
            new Property(
                property.name(),
                type == null ? PropertyType.ASTRING : type,
                property.values(),
                Origin.UNKNOWN));
      }
      groups.add(PropertyGroup.of(group.name(), group.type(), properties, Origin.UNKNOWN));
    }
    return PropertyGroups.of(groups);
  }
}
