package demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Brings the demonstration's database to a schema, step by step, and ends.
///
/// Arguments: port of the database, the schema wanted.
final class Migration {

  public static void main(String[] arguments) throws IOException {
    int wanted = Integer.parseInt(arguments[1]);
    try (Socket db = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        PrintWriter out = new PrintWriter(db.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(db.getInputStream(), StandardCharsets.UTF_8))) {
      out.println("GET schema");
      int schema = Integer.parseInt(in.readLine());
      System.out.println("the schema is " + schema + ", wanted is " + wanted);
      while (schema < wanted) {
        out.println("SET schema " + ++schema);
        System.out.println("migrated to schema " + in.readLine());
      }
    }
  }
}
